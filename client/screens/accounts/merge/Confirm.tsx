import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { DialogForm } from '../../../components/Dialog.tsx';
import { ErrorState, FieldError } from '../../../components/Notice.tsx';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { Access } from './Access.tsx';
import { Conflicts } from './Conflicts.tsx';
import { AccountMergeMutation, MergePreviewQuery, type Preview } from './documents.ts';
import styles from './Merge.module.css';

type Props = { intoId: string; fromId: string; onBack: () => void; onMerged: () => void };
type Keep = 'INTO' | 'FROM';

/** All that the merge would do, its access first; it does just that, or nothing. */
export function Confirm({ intoId, fromId, onBack, onMerged }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(MergePreviewQuery, {
    variables: { intoId, fromId },
    fetchPolicy: 'network-only',
  });
  const [merge, { loading }] = useMutation(AccountMergeMutation);
  const [choices, setChoices] = useState<Readonly<Record<string, Keep>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());
  const preview = data?.accountMergePreview;
  if (!data) return error ? <ErrorState onRetry={() => void refetch()} /> : <Skeletons rows={5} />;
  if (!preview) return <FieldError>{t('accounts.merge.gone')}</FieldError>;
  const names = { into: preview.into.name, from: preview.from.name };

  async function handleSubmit(seen: Preview) {
    const facts = seen.conflicts.flatMap((one) => {
      const keep = choices[one.key];
      return keep ? [{ key: one.key, keep }] : [];
    });
    if (facts.length < seen.conflicts.length) return setFailure(t('accounts.merge.undecided'));
    try {
      const input = { fromId, digest: seen.digest, facts, idempotencyKey: key.current };
      const answer = await merge({ variables: { id: intoId, input } });
      const refusal = answer.data?.accountMerge.userErrors[0];
      if (!refusal) return onMerged();
      key.current = crypto.randomUUID();
      setFailure(refusal.code === 'CONFLICT' ? t('accounts.merge.changed') : refusal.message);
      if (refusal.code === 'CONFLICT') await refetch();
    } catch (thrown) {
      setFailure(t(`comments.failure.${failureOf(thrown)}`));
    }
  }

  return (
    <DialogForm
      onSubmit={() => void handleSubmit(preview)}
      actions={
        <>
          <Button type="submit" loading={loading}>
            {t('accounts.merge.confirm')}
          </Button>
          <Button variant="default" onClick={onBack}>
            {t('accounts.merge.other')}
          </Button>
        </>
      }
    >
      <p className={styles.sentence}>{t('accounts.merge.sentence', names)}</p>
      <Access preview={preview} />
      <Moves preview={preview} />
      <Conflicts
        preview={preview}
        choices={choices}
        onChoose={(facts, keep) =>
          setChoices((had) => ({ ...had, ...Object.fromEntries(facts.map((fact) => [fact, keep])) }))
        }
      />
      <p className={styles.forGood}>{t('accounts.merge.forGood')}</p>
      {failure !== null && <FieldError>{failure}</FieldError>}
    </DialogForm>
  );
}

/** Whether anything is written down of when it works. */
function isSaid({ staff }: Preview['into']): boolean {
  return staff !== null && (staff.calendar.workingDays !== null || staff.calendar.holidays.length > 0);
}

/** What goes along, by name. */
function Moves({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const { into, from, projects, people, facts, externalIds, invitationCount } = preview;
  const factName = (key: string) => t(`facts.${key}` as 'facts.shop.domain', { defaultValue: key });
  const rows = [
    [t('accounts.merge.movesProjects'), projects.map(({ name }) => name)],
    [t('accounts.merge.movesPeople'), people.map(({ name }) => name)],
    [
      t('accounts.merge.movesFacts'),
      facts.map(({ key, value }) => t('accounts.merge.fact', { name: factName(key), value })),
    ],
    [
      t('accounts.merge.movesIds'),
      externalIds.map(({ system, externalId }) => t('accounts.merge.fact', { name: system, value: externalId })),
    ],
    [t('accounts.calendar.title'), daysSaid(into, from)],
    [t('accounts.merge.movesInvitations'), invitationCount === 0 ? [] : [String(invitationCount)]],
  ] as const;

  /** Of two calendars one stays, as the server has it: that of the other goes along only where this one says nothing. */
  function daysSaid(stays: Preview['into'], ends: Preview['from']): string[] {
    const names = { into: stays.name, from: ends.name };
    if (!isSaid(ends)) return [];
    return [t(isSaid(stays) ? 'accounts.merge.daysDropped' : 'accounts.merge.daysTaken', names)];
  }

  return (
    <section className={styles.part} aria-label={t('accounts.merge.moves')}>
      <h3>{t('accounts.merge.moves')}</h3>
      <dl className={styles.moves}>
        {rows.map(([name, values]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {values.length === 0 ? (
                <span className={styles.soft}>{t('accounts.merge.nothing')}</span>
              ) : (
                <ul>
                  {values.map((value) => (
                    <li key={value}>{value}</li>
                  ))}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
