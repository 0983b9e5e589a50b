import { useLazyQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { Day } from '../../../components/Time.tsx';
import styles from './Acts.module.css';
import { businessDaysQuery } from './documents.ts';
import { ValuePopover } from './ValuePopover.tsx';

type Props = {
  taskId: string;
  label: string;
  icon: ReactNode;
  /** What stands there while nobody picks. */
  words: ReactNode;
  value: string | null;
  /** No earlier day can be picked. */
  min?: string;
  /** How many working days from today are offered by one click. */
  offered: readonly number[];
  saveWords: string;
  /** Takes the day away; null where there is none to take. */
  clearWords: string | null;
  isBusy: boolean;
  refusal: string | null;
  onOpen: () => void;
  /** Whether it was done: then the picker closes. */
  onPick: (on: string | null) => Promise<boolean>;
  /** Below the days, with the one that is thought of: under the pointer, in focus, or in the field. */
  children?: (thought: string | null) => ReactNode;
};

/** A day in words that is picked in place: by working days from today, or any day. */
export function DayPicker(props: Props) {
  const { taskId, label, icon, words, value, min, offered, saveWords, clearWords, isBusy, refusal } = props;
  const { onOpen, onPick, children } = props;
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState('');
  /** Under the pointer or the focus; undefined: the one in the field. */
  const [looked, setLooked] = useState<string | null | undefined>(undefined);
  const [askDays, { data }] = useLazyQuery(businessDaysQuery, { fetchPolicy: 'network-only' });
  const days = data?.task?.nextBusinessDays ?? [];
  const thought = looked === undefined ? (day === '' ? value : day) : looked;

  const handlePick = async (on: string | null) => {
    if (await onPick(on)) setOpen(false);
  };
  const handleOpen = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    onOpen();
    setDay(value ?? '');
    setLooked(undefined);
    void askDays({ variables: { id: taskId } });
  };
  const choice = (on: string | null, key: string, inside: ReactNode) => (
    <button
      key={key}
      type="button"
      className={styles.pick}
      onFocus={() => setLooked(on)}
      onBlur={() => setLooked(undefined)}
      onMouseEnter={() => setLooked(on)}
      onMouseLeave={() => setLooked(undefined)}
      onClick={() => void handlePick(on)}
    >
      {inside}
    </button>
  );
  return (
    <ValuePopover
      label={label}
      face={
        <>
          {icon}
          {words}
        </>
      }
      className={styles.dueButton}
      width={280}
      isOpen={isOpen}
      onToggle={handleOpen}
      onSubmit={() => day !== '' && void handlePick(day)}
    >
      <TextInput
        type="date"
        size="xs"
        label={label}
        min={min}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <div className={styles.quick}>
        {offered.map((count) => {
          const on = days[count - 1];
          return (
            on &&
            choice(
              on,
              `${count}`,
              <>
                <span>{t('taskActs.due.in', { count })}</span>
                <Day on={on} />
              </>,
            )
          );
        })}
        {clearWords && choice(null, 'none', <span>{clearWords}</span>)}
      </div>
      <Button type="submit" size="xs" loading={isBusy} disabled={day === ''}>
        {saveWords}
      </Button>
      {children?.(thought)}
      {refusal && <FieldError>{refusal}</FieldError>}
    </ValuePopover>
  );
}
