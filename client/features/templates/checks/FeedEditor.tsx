import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../../components/Skeletons.tsx';
import type { Input } from '../documents.ts';
import styles from '../Editor.module.css';
import { EveryEditor } from './EveryEditor.tsx';

// With the rules, which are many.
const CheckEditor = lazy(async () => ({ default: (await import('../CheckParts.tsx')).CheckEditor }));

const daily = 1_440;

type Props = { input: Input; onChange: (change: Partial<Input>) => void };

/** An address that a person opens, or that of a feed: then it is fetched, and judged as a file is. */
export function FeedEditor({ input, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <p className={styles.small}>{t('templateChecks.feed')}</p>
      <Suspense fallback={<Skeletons shape="line" />}>
        <CheckEditor
          check={input.check}
          onChange={(check) => {
            const everyMinutes = check === null ? null : input.check === null ? daily : input.everyMinutes;
            onChange({ check, everyMinutes });
          }}
        />
      </Suspense>
      {input.check && (
        <EveryEditor everyMinutes={input.everyMinutes} onChange={(everyMinutes) => onChange({ everyMinutes })} />
      )}
    </div>
  );
}
