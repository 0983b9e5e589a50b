import { NativeSelect } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { intervals } from './wanted.ts';

type Props = { everyMinutes: number | null; onChange: (minutes: number | null) => void };

/** How often it is looked at again, also after the task is done. */
export function EveryEditor({ everyMinutes, onChange }: Props) {
  const { t } = useTranslation();
  const offered = everyMinutes === null ? intervals : [...new Set([...intervals, everyMinutes])].sort((a, b) => a - b);
  return (
    <NativeSelect
      label={t('templateChecks.every')}
      description={t('templateChecks.everyHint')}
      value={everyMinutes ?? ''}
      data={[
        { value: '', label: t('templateChecks.asked') },
        ...offered.map((minutes) => ({ value: String(minutes), label: intervalWords(minutes, t) })),
      ]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onChange(value === '' ? null : Number(value));
      }}
    />
  );
}

/** In the largest unit that it is whole in. */
function intervalWords(minutes: number, t: TFunction): string {
  if (minutes % 1_440 === 0) return t('templateChecks.interval.days', { count: minutes / 1_440 });
  if (minutes % 60 === 0) return t('templateChecks.interval.hours', { count: minutes / 60 });
  return t('templateChecks.interval.minutes', { count: minutes });
}
