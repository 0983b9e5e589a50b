import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { PossiblePms } from '../../features/projectEdit/documents.ts';
import type { Editable, Edits } from '../../features/projectEdit/useProjectEdit.ts';
import { type Refused, useProjectsEdit } from '../../features/projectEdit/useProjectsEdit.ts';
import type { Reversible } from '../../features/projectEdit/useProjectsMove.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import styles from './BulkBar.module.css';

const BulkMove = lazy(async () => {
  const loaded = await import('./BulkMove.tsx');
  loaded.addEditingWords(getI18n());
  return { default: loaded.BulkMove };
});

const moves: readonly Reversible[] = ['HOLD', 'RESUME'];

type Props = { projects: readonly Editable[]; onClear: () => void };

/** What can be done with all selected integrations at once; what was refused is named, and the rest is done. */
export function BulkBar({ projects, onClear }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const editAll = useProjectsEdit();
  const [target, setTarget] = useState('');
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Reversible | null>(null);
  const { data } = useQuery(PossiblePms);
  const pms = data?.possiblePms ?? [];

  async function apply<F extends keyof Edits>(field: F, value: Edits[F], sentence: (count: number) => string) {
    setBusy(true);
    setRefused(await editAll(projects, field, value, sentence));
    setBusy(false);
  }

  function handlePm(id: string) {
    const pm = pms.find((one) => one.id === id);
    if (pm) void apply('pmId', pm.id, (count) => t('overview.bulk.donePm', { count, name: pm.name }));
  }

  return (
    <section className={styles.bar} aria-label={t('overview.bulk.label')} aria-busy={isBusy}>
      <span className={styles.count} aria-live="polite">
        {t('overview.bulk.selected', { count: projects.length })}
      </span>
      <NativeSelect
        size="xs"
        aria-label={t('overview.bulk.pm')}
        value=""
        disabled={isBusy}
        data={[
          { value: '', label: t('overview.bulk.choosePm') },
          ...pms.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => handlePm(event.currentTarget.value)}
      />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const on = dayWords(target, today);
          void apply('targetOn', target, (count) => t('overview.bulk.doneTarget', { count, on }));
        }}
      >
        <TextInput
          type="date"
          size="xs"
          aria-label={t('overview.bulk.target')}
          value={target}
          required
          disabled={isBusy}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" size="xs" disabled={isBusy || target === ''}>
          {t('overview.bulk.apply')}
        </Button>
      </form>
      {moves.map((move) => (
        <Button key={move} variant="default" size="xs" disabled={isBusy} onClick={() => setAsked(move)}>
          {t(`projectState.move.${move}`)}
        </Button>
      ))}
      <Button variant="subtle" size="xs" onClick={onClear}>
        {t('overview.bulk.clear')}
      </Button>
      {refused.map(({ id, name, reason }) => (
        <FieldError key={id}>{t('overview.bulk.refused', { name, reason })}</FieldError>
      ))}
      {asked && (
        <Suspense fallback={null}>
          <BulkMove
            projects={projects}
            move={asked}
            onClose={() => setAsked(null)}
            onDone={(next) => {
              setRefused(next);
              setAsked(null);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
