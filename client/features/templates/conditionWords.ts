import type { TFunction } from 'i18next';
import { platforms, products } from '../../api/options.ts';
import { askedBy, type Condition } from './conditions.ts';
import type { Road } from './documents.ts';

/** What a condition is about, as its author calls it. */
export function aboutWords(t: TFunction, road: Road, condition: Condition): string {
  if (condition.of === 'FACT') return condition.fact || t('templateConditions.fact');
  if (condition.of !== 'ANSWER') return t(`templateConditions.about.${condition.of}`);
  const asked = askedBy(road, condition);
  return asked ? questionWords(t, asked) : t('templateConditions.gone');
}

export function questionWords(
  t: TFunction,
  { task, question }: { task: { title: string }; question: { label: string } },
): string {
  return t('templateConditions.question', {
    task: task.title.trim() || t('templates.outline.untitledTask'),
    question: question.label.trim() || t('templates.inputs.unnamed'),
  });
}

/** What it can be, with the words for each; null: texts of one's own. */
export function valuesOf(t: TFunction, road: Road, condition: Condition): { value: string; label: string }[] | null {
  switch (condition.of) {
    case 'PLATFORM':
      return platforms.map((value) => ({ value, label: t(`names.platform.${value}`) }));
    case 'PRODUCT':
      return products.map((value) => ({ value, label: t(`names.product.${value}`) }));
    case 'ANSWER': {
      const asked = askedBy(road, condition);
      if (asked?.question.kind === 'YES_NO') {
        return [
          { value: 'yes', label: t('templates.inputs.yes') },
          { value: 'no', label: t('templates.inputs.no') },
        ];
      }
      const options = asked?.question.options ?? [];
      return options.map(({ key, label }) => ({ value: key, label: label.trim() || t('templates.inputs.unnamed') }));
    }
    default:
      return null;
  }
}

/** A condition as one line. */
export function conditionWords(t: TFunction, road: Road, condition: Condition): string {
  const known = valuesOf(t, road, condition);
  const values = condition.values.map((value) => known?.find((one) => one.value === value)?.label ?? value);
  return t(condition.isNot ? 'templateConditions.lineNot' : 'templateConditions.line', {
    about: aboutWords(t, road, condition),
    values: values.join(t('templateConditions.or')),
  });
}
