import { useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { useUndo } from '../../components/UndoToast.tsx';
import { AccountCalendarSetMutation, type AccountShown, type StaffShown } from './documents.ts';

export type Days = Pick<StaffShown['calendar'], 'workingDays' | 'holidays'>;
type Change = (days: Days) => Days;
type Stand = { revision: number; days: Days };

/**
 * The days as they are to be shown, and how they are changed. A change shows at once and is saved after those before
 * it, upon what they left, since each save says what all days are: two quick ticks are two changes, and none is lost.
 */
export function useCalendar(account: AccountShown, { workingDays, holidays }: Days, onChanged: () => void) {
  const { t } = useTranslation();
  const offerUndo = useUndo();
  const [set] = useMutation(AccountCalendarSetMutation);
  const [failure, setFailure] = useState<string | null>(null);
  const [underWay, setUnderWay] = useState<Change[]>([]);
  const [saved, setSaved] = useState<Stand>({ revision: account.revision, days: { workingDays, holidays } });
  const stand = useRef<Stand>(saved);
  const turn = useRef(Promise.resolve());
  const last = useRef<{ made: number; before: Days } | null>(null);
  const isIdle = underWay.length === 0;

  // What was asked for before a save may be answered after it: what is known never goes back.
  const isNewer = account.revision >= saved.revision;

  useEffect(() => {
    if (isIdle && account.revision >= stand.current.revision)
      stand.current = { revision: account.revision, days: { workingDays, holidays } };
  }, [isIdle, account.revision, workingDays, holidays]);

  async function write(revision: number, wanted: Days): Promise<{ made: number | null; refused: string | null }> {
    const { data } = await set({ variables: { id: account.id, input: { revision, ...wanted } } });
    const made = data?.accountCalendarSet.account;
    if (made?.staff) {
      const { workingDays, holidays } = made.staff.calendar;
      stand.current = { revision: made.revision, days: { workingDays, holidays } };
      setSaved(stand.current);
    }
    onChanged();
    return { made: made?.revision ?? null, refused: data?.accountCalendarSet.userErrors[0]?.message ?? null };
  }
  async function save(change: Change) {
    const { revision, days: before } = stand.current;
    try {
      const { made, refused } = await write(revision, change(before));
      setFailure(refused);
      if (made === null || refused !== null) return;
      last.current = { made, before };
      offerUndo(t('accounts.calendar.saved'), takeBack, `calendar ${account.id}`);
    } catch (error) {
      setFailure(t(`comments.failure.${failureOf(error)}`));
    } finally {
      setUnderWay((changes) => changes.filter((one) => one !== change));
    }
  }
  /** The latest change, also where that was still being saved when somebody reached for the way back. */
  async function takeBack(): Promise<string | null> {
    await turn.current;
    if (!last.current) return null;
    const { made, before } = last.current;
    return (await write(made, before)).refused;
  }
  function change(one: Change) {
    setUnderWay((changes) => [...changes, one]);
    turn.current = turn.current.then(() => save(one));
  }
  const shown = underWay.reduce<Days>((days, one) => one(days), isNewer ? { workingDays, holidays } : saved.days);
  return { shown, change, failure };
}
