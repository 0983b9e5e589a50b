import { useMutation } from '@apollo/client/react';
import { Button, CloseButton, TextInput } from '@mantine/core';
import { type FormEvent, type MouseEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { FieldError } from '../../components/Notice.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { dayInFull } from '../../words/format.ts';
import styles from './Accounts.module.css';
import { AccountCalendarSetMutation, type AccountShown, type StaffShown } from './documents.ts';
import { Group } from './Group.tsx';

/** From 1 (Monday), as the server counts them. */
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const plainWeek = [1, 2, 3, 4, 5];

type Days = Pick<StaffShown['calendar'], 'workingDays' | 'holidays'>;
type Props = { account: AccountShown; calendar: StaffShown['calendar']; onChanged: () => void };

/** When the account works: its own week, if it has one, and its days off. Saved at each change, which can be taken back. */
export function Calendar({ account, calendar, onChanged }: Props) {
  const { t } = useTranslation();
  const { company } = useViewer();
  const offerUndo = useUndo();
  const [set, { loading }] = useMutation(AccountCalendarSetMutation);
  const [day, setDay] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const dayField = useRef<HTMLInputElement>(null);
  const { workingDays, holidays } = calendar;
  const canEdit = account.viewerCan.edit;

  async function write(revision: number, wanted: Days): Promise<{ made: number | null; refused: string | null }> {
    const { data } = await set({ variables: { id: account.id, input: { revision, ...wanted } } });
    const refusal = data?.accountCalendarSet.userErrors[0];
    onChanged();
    return { made: data?.accountCalendarSet.account?.revision ?? null, refused: refusal?.message ?? null };
  }
  /** One at a time, since each says what all days are. Nothing is locked meanwhile: that would take the focus away. */
  async function save(change: Partial<Days>) {
    if (loading) return;
    const before: Days = { workingDays, holidays };
    try {
      const { made, refused } = await write(account.revision, { ...before, ...change });
      setFailure(refused);
      if (made === null || refused !== null) return;
      const takeBack = async () => (await write(made, before)).refused;
      offerUndo(t('accounts.calendar.saved'), takeBack, `calendar ${account.id}`);
    } catch (error) {
      setFailure(t(`comments.failure.${failureOf(error)}`));
    }
  }
  function handleDay(one: number) {
    const week = workingDays ?? plainWeek;
    void save({ workingDays: week.includes(one) ? week.filter((other) => other !== one) : [...week, one].sort() });
  }
  function handleRemove(event: MouseEvent<HTMLButtonElement>, one: string) {
    // Whoever takes out several by keyboard goes on at the next one.
    const line = event.currentTarget.closest('li');
    const neighbour = line?.nextElementSibling ?? line?.previousElementSibling;
    (neighbour?.querySelector('button') ?? dayField.current)?.focus();
    void save({ holidays: holidays.filter((other) => other !== one) });
  }
  function handleAdd(event: FormEvent) {
    event.preventDefault();
    if (day === '' || loading) return;
    void save({ holidays: [...new Set([...holidays, day])].sort() });
    setDay('');
  }

  return (
    <Group title={t('accounts.calendar.title')} none={false}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={workingDays === null}
          disabled={!canEdit}
          onChange={() => void save({ workingDays: workingDays === null ? plainWeek : null })}
        />
        {t('accounts.calendar.same', { company: company.name })}
      </label>
      {workingDays !== null && (
        <fieldset className={styles.days}>
          <legend>{t('accounts.calendar.days')}</legend>
          {days.map((name, at) => (
            <label key={name} className={styles.tick}>
              <input
                type="checkbox"
                checked={workingDays.includes(at + 1)}
                disabled={!canEdit}
                onChange={() => handleDay(at + 1)}
              />
              {t(`accounts.calendar.day.${name}`)}
            </label>
          ))}
        </fieldset>
      )}
      {holidays.length === 0 && <p className={styles.none}>{t('accounts.calendar.none')}</p>}
      <ul className={styles.plain} aria-label={t('accounts.calendar.holidays')}>
        {holidays.map((one) => (
          <li key={one} className={styles.pair}>
            <span>{dayInFull(one)}</span>
            {canEdit && (
              <CloseButton
                size="sm"
                aria-label={t('accounts.calendar.removeHoliday', { day: dayInFull(one) })}
                onClick={(event) => handleRemove(event, one)}
              />
            )}
          </li>
        ))}
      </ul>
      {canEdit && (
        <form className={styles.dayOff} noValidate onSubmit={handleAdd}>
          <TextInput
            ref={dayField}
            type="date"
            label={t('accounts.calendar.addHoliday')}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={day === ''}>
            {t('accounts.calendar.add')}
          </Button>
        </form>
      )}
      {failure !== null && <FieldError>{failure}</FieldError>}
    </Group>
  );
}
