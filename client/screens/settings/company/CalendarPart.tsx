import { Button, CloseButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { dayInFull } from '../../../words/format.ts';
import styles from './Company.module.css';
import type { Settings } from './documents.ts';
import { Part } from './Part.tsx';
import { useCompanyEdit } from './useCompanyEdit.ts';

/** From 1 (Monday), as the server counts them. */
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** When the company works: what is due counts these days, and ends when they end. */
export function CalendarPart({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useCompanyEdit(settings, ({ workingDays, opensAt, closesAt, holidays }) => ({
    workingDays,
    opensAt,
    closesAt,
    holidays,
  }));
  const [day, setDay] = useState('');
  const { workingDays, holidays } = edit.values;

  function toggle(one: number) {
    const isOn = workingDays.includes(one);
    edit.change({ workingDays: isOn ? workingDays.filter((other) => other !== one) : [...workingDays, one].sort() });
  }

  function addHoliday() {
    if (day === '') return;
    edit.change({ holidays: [...new Set([...holidays, day])].sort() });
    setDay('');
  }

  return (
    <Part title={t('company.calendar.title')} about={t('company.calendar.about')} edit={edit}>
      <fieldset className={styles.days}>
        <legend>{t('company.calendar.days')}</legend>
        {days.map((name, at) => (
          <label key={name}>
            <input type="checkbox" checked={workingDays.includes(at + 1)} onChange={() => toggle(at + 1)} />
            {t(`company.calendar.day.${name}`)}
          </label>
        ))}
        {edit.errorOf('workingDays') && <FieldError>{edit.errorOf('workingDays')}</FieldError>}
      </fieldset>
      <div className={styles.hours}>
        <TextInput
          type="time"
          label={t('company.calendar.opensAt')}
          value={edit.values.opensAt}
          error={edit.errorOf('opensAt')}
          onChange={(event) => edit.change({ opensAt: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('company.calendar.closesAt')}
          value={edit.values.closesAt}
          onChange={(event) => edit.change({ closesAt: event.currentTarget.value })}
        />
      </div>
      <div>
        <h3 className={styles.small}>{t('company.calendar.holidays')}</h3>
        {holidays.length === 0 && <p className={styles.none}>{t('company.calendar.noHolidays')}</p>}
        <ul className={styles.holidays}>
          {holidays.map((one) => (
            <li key={one}>
              {dayInFull(one)}
              <CloseButton
                size="sm"
                aria-label={t('company.calendar.removeHoliday', { day: dayInFull(one) })}
                onClick={() => edit.change({ holidays: holidays.filter((other) => other !== one) })}
              />
            </li>
          ))}
        </ul>
        <div className={styles.hours}>
          <TextInput
            type="date"
            label={t('company.calendar.addHoliday')}
            value={day}
            error={edit.errorOf('holidays')}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button variant="default" className={styles.add} disabled={day === ''} onClick={addHoliday}>
            {t('company.calendar.add')}
          </Button>
        </div>
      </div>
    </Part>
  );
}
