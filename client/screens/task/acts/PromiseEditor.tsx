import { useApolloClient, useLazyQuery } from '@apollo/client/react';
import { Button, Popover, TextInput } from '@mantine/core';
import { IconCalendarCheck, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { useNow } from '../../../components/now.ts';
import { Day } from '../../../components/Time.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { dayWords, todayOf } from '../../../words/format.ts';
import styles from './Acts.module.css';
import { type ActedTask, businessDaysQuery } from './documents.ts';
import { promiseMutation, withdrawMutation } from './promiseDocuments.ts';
import { useActUndo, useTaskAct } from './useTaskAct.ts';

/** How many working days from today are offered by one click. */
const offered = [1, 2, 3, 5] as const;

/** The day that whoever has the turn named; who may speak for that side names one, moves it or takes it back. */
export function PromiseEditor({ task }: { task: ActedTask }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const viewer = useViewer();
  const today = todayOf(useNow());
  const { isBusy, refusal, run, forget } = useTaskAct();
  const offerUndo = useActUndo();
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState('');
  const [askDays, { data }] = useLazyQuery(businessDaysQuery, { fetchPolicy: 'network-only' });
  const { promise } = task;
  const words = promise ? wordsOf(promise) : t('court.promise.say');
  if (!task.viewerCan.promise) return promise && <span className={styles.dueWords}>{words}</span>;

  const say = (revision: number, on: string) =>
    client.mutate({ mutation: promiseMutation, variables: { id: task.id, input: { revision, on } } });
  const withdraw = (revision: number) =>
    client.mutate({ mutation: withdrawMutation, variables: { id: task.id, input: { revision } } });
  const handlePick = async (on: string | null) => {
    const before = promise?.on ?? null;
    const done = await run(() => (on === null ? withdraw(task.revision) : say(task.revision, on)));
    if (!done) return;
    setOpen(false);
    if (on === before) return;
    // A day that is over cannot be named again, so that there is no way back to it.
    if (before !== null && before < today) return;
    offerUndo(t(on === null ? 'court.promise.withdrawn' : 'court.promise.said'), done, (revision) =>
      before === null ? withdraw(revision) : say(revision, before),
    );
  };
  const handleOpen = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    forget();
    setDay(promise?.on ?? '');
    void askDays({ variables: { id: task.id } });
  };
  const days = data?.task?.nextBusinessDays ?? [];
  return (
    <Popover opened={isOpen} onChange={handleOpen} position="bottom-start" width={280} withinPortal={false} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.dueButton}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          onClick={() => handleOpen(!isOpen)}
        >
          <IconCalendarCheck size={16} stroke={1.5} aria-hidden />
          {words}
          <IconChevronDown size={16} stroke={1.5} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('court.promise.label')}>
        <form
          className={styles.due}
          onSubmit={(event) => {
            event.preventDefault();
            if (day !== '') void handlePick(day);
          }}
        >
          <TextInput
            type="date"
            size="xs"
            label={t('court.promise.label')}
            min={today}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <div className={styles.quick}>
            {offered.map((count) => {
              const on = days[count - 1];
              return (
                on && (
                  <button key={count} type="button" className={styles.pick} onClick={() => void handlePick(on)}>
                    <span>{t('taskActs.due.in', { count })}</span>
                    <Day on={on} />
                  </button>
                )
              );
            })}
            {promise && (
              <button type="button" className={styles.pick} onClick={() => void handlePick(null)}>
                <span>{t('court.promise.withdraw')}</span>
              </button>
            )}
          </div>
          <p className={styles.hint}>
            {task.visibility === 'INTERNAL'
              ? t('court.promise.hintInternal', { company: viewer.company.name })
              : t('court.promise.hint')}
          </p>
          <Button type="submit" size="xs" loading={isBusy} disabled={day === ''}>
            {t('court.promise.save')}
          </Button>
          {refusal && <FieldError>{refusal}</FieldError>}
        </form>
      </Popover.Dropdown>
    </Popover>
  );

  function wordsOf({ on, by, isMissed, moves }: NonNullable<ActedTask['promise']>) {
    const named = { day: dayWords(on, today), name: by?.name ?? t('common.somebody') };
    const said = by?.id === viewer.person.id ? t('court.promise.mine', named) : t('court.promise.theirs', named);
    return (
      <>
        <span>{isMissed ? t('court.promise.missed', named) : said}</span>
        {moves > 0 && <span className={styles.hint}>{t('court.promise.moved', { count: moves })}</span>}
      </>
    );
  }
}
