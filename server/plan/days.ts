/** The calendar day of an instant in a zone; a zone's formatter is made once. */
export function dayReader(): (timeZone: string, at: Date) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (timeZone, at) => {
    const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone });
    formats.set(timeZone, format);
    return format.format(at);
  };
}
