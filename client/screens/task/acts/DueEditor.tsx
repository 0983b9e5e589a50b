import { useApolloClient, useLazyQuery } from '@apollo/client/react';
import { Button, Popover, TextInput } from '@mantine/core';
import { IconCalendar, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { Day, DueDay } from '../../../components/Time.tsx';
import { LazyConsequence } from '../../../features/plan/LazyConsequence.tsx';
import styles from './Acts.module.css';
import { type ActedTask, businessDaysQuery, editMutation } from './documents.ts';
import { useActUndo, useTaskAct } from './useTaskAct.ts';

/** How many working days from today are offered by one click. */
const offered = [1, 3, 5, 10] as const;

/** The due day in words; whoever may plan moves it in place, by working days or to any day. */
export function DueEditor({ task }: { task: ActedTask }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run, forget } = useTaskAct();
  const offerUndo = useActUndo();
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState('');
  /** The day under the pointer or the focus; undefined: the one in the field. */
  const [looked, setLooked] = useState<string | null | undefined>(undefined);
  const [askDays, { data }] = useLazyQuery(businessDaysQuery, { fetchPolicy: 'network-only' });
  const { dueOn, dueInBusinessDays: left } = task;
  const words = dueOn ? (
    <>
      {t('task.due')} <DueDay on={dueOn} isOverdue={task.isOverdue} />
      {left !== null && left > 0 && !task.isOverdue && (
        <span className={styles.hint}>{t('taskActs.due.in', { count: left })}</span>
      )}
    </>
  ) : (
    t('taskActs.due.none')
  );
  if (!task.viewerCan.edit) return dueOn ? <span className={styles.dueWords}>{words}</span> : null;

  const edit = (revision: number, on: string | null) =>
    client.mutate({ mutation: editMutation, variables: { id: task.id, input: { revision, dueOn: on } } });
  // What a day brings along goes with it: the plan holds what was held before.
  const { pin } = task;
  const undo = (revision: number, on: string | null) =>
    client.mutate({
      mutation: editMutation,
      variables: { id: task.id, input: { revision, dueOn: on, pin: pin && { edge: pin.edge, on: pin.on } } },
    });
  const handlePick = async (on: string | null) => {
    const before = dueOn;
    const done = await run(() => edit(task.revision, on));
    if (!done) return;
    setOpen(false);
    if (done.dueOn !== before) offerUndo(t('taskActs.due.moved'), done, (revision) => undo(revision, before));
  };
  const handleOpen = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    forget();
    setDay(dueOn ?? '');
    setLooked(undefined);
    void askDays({ variables: { id: task.id } });
  };
  const days = data?.task?.nextBusinessDays ?? [];
  const thought = looked === undefined ? (day === '' ? dueOn : day) : looked;
  const change = thought === dueOn ? null : { taskId: task.id, due: { dueOn: thought } };
  const lookAt = (on: string | null) => ({
    onFocus: () => setLooked(on),
    onBlur: () => setLooked(undefined),
    onMouseEnter: () => setLooked(on),
    onMouseLeave: () => setLooked(undefined),
  });
  return (
    <Popover opened={isOpen} onChange={handleOpen} position="bottom-start" withinPortal={false} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.dueButton}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          onClick={() => handleOpen(!isOpen)}
        >
          <IconCalendar size={16} stroke={1.5} aria-hidden />
          {words}
          <IconChevronDown size={16} stroke={1.5} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('taskActs.due.label')}>
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
            label={t('taskActs.due.label')}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <div className={styles.quick}>
            {offered.map((count) => {
              const on = days[count - 1];
              return (
                on && (
                  <button
                    key={count}
                    type="button"
                    className={styles.pick}
                    {...lookAt(on)}
                    onClick={() => void handlePick(on)}
                  >
                    <span>{t('taskActs.due.in', { count })}</span>
                    <Day on={on} />
                  </button>
                )
              );
            })}
            {dueOn && (
              <button type="button" className={styles.pick} {...lookAt(null)} onClick={() => void handlePick(null)}>
                <span>{t('taskActs.due.clear')}</span>
              </button>
            )}
          </div>
          <Button type="submit" size="xs" loading={isBusy} disabled={day === ''}>
            {t('taskActs.due.save')}
          </Button>
          <LazyConsequence projectId={task.project.id} change={change} />
          {refusal && <FieldError>{refusal}</FieldError>}
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
