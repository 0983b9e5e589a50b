import { Button, CloseButton, TextInput } from '@mantine/core';
import { type FormEvent, type MouseEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { dayInFull } from '../../words/format.ts';
import styles from './Accounts.module.css';
import type { AccountShown } from './documents.ts';
import { Group } from './Group.tsx';
import { type Days, useCalendar } from './useCalendar.ts';

/** From 1 (Monday), as the server counts them. */
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const plainWeek = [1, 2, 3, 4, 5];

type Props = { account: AccountShown; calendar: Days; onChanged: () => void };

/** When the account works: its own week, if it has one, and its days off. Saved at each change, which can be taken back. */
export function Calendar({ account, calendar, onChanged }: Props) {
  const { t } = useTranslation();
  const { company } = useViewer();
  const { shown, change, failure } = useCalendar(account, calendar, onChanged);
  const [day, setDay] = useState('');
  const dayField = useRef<HTMLInputElement>(null);
  const { workingDays, holidays } = shown;
  const canEdit = account.viewerCan.edit;

  function handleDay(one: number) {
    const isOn = !(workingDays ?? plainWeek).includes(one);
    change((days) => {
      const others = (days.workingDays ?? plainWeek).filter((other) => other !== one);
      return { ...days, workingDays: isOn ? [...others, one].sort() : others };
    });
  }
  function handleRemove(event: MouseEvent<HTMLButtonElement>, one: string) {
    // Whoever takes out several by keyboard goes on at the next one.
    const line = event.currentTarget.closest('li');
    const neighbour = line?.nextElementSibling ?? line?.previousElementSibling;
    (neighbour?.querySelector('button') ?? dayField.current)?.focus();
    change((days) => ({ ...days, holidays: days.holidays.filter((other) => other !== one) }));
  }
  function handleAdd(event: FormEvent) {
    event.preventDefault();
    if (day === '') return;
    change((days) => ({ ...days, holidays: [...new Set([...days.holidays, day])].sort() }));
    setDay('');
  }

  return (
    <Group title={t('accounts.calendar.title')} none={false}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={workingDays === null}
          disabled={!canEdit}
          onChange={() => change((days) => ({ ...days, workingDays: workingDays === null ? plainWeek : null }))}
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
