export type Values = Record<string, string | number>;
export type Say = (key: string, values?: Values) => string;

/** The sentences that the page around handed over; `count` picks the plural. */
export function wordsIn(words: Record<string, string>, locale: string): Say {
  const plural = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const { count } = values;
    const counted = typeof count === 'number' ? words[`${key}_${plural.select(count)}`] : undefined;
    const text = counted ?? words[`${key}_other`] ?? words[key] ?? '';
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
