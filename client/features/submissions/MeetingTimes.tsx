import type { TFunction } from 'i18next';
import { useNow } from '../../components/now.ts';
import { ownZone, timeIn } from '../../words/format.ts';
import styles from './Inputs.module.css';

type Zone = { zone: string; words: string };
export type Zones = { own: Zone; other: Zone };

/** The viewer's zone and the other side's, each with whose it is. */
export function zonesOf(
  meeting: { clientTimeZone: string; companyTimeZone: string },
  isStaff: boolean,
  company: string,
  t: TFunction,
): Zones {
  const other = isStaff
    ? { zone: meeting.clientTimeZone, words: t('inputs.meeting.zoneClient') }
    : { zone: meeting.companyTimeZone, words: t('inputs.meeting.zoneCompany', { company }) };
  return { own: { zone: ownZone(), words: t('inputs.meeting.zoneYours') }, other };
}

/** A moment in both zones, so that nobody has to reckon; once where both clocks show the same. */
export function BothTimes({ at, zones, isLarge = false }: { at: string; zones: Zones; isLarge?: boolean }) {
  const moment = new Date(at);
  const now = useNow();
  const { own, other } = zones;
  const [ours, theirs] = [timeIn(moment, own.zone, now), timeIn(moment, other.zone, now)];
  return (
    <span className={styles.both}>
      <time dateTime={at} className={isLarge ? styles.large : undefined}>
        {ours}
      </time>
      <span className={styles.soft}>
        {own.zone}, {own.words}
      </span>
      {theirs !== ours && <time dateTime={at}>{theirs}</time>}
      {other.zone !== own.zone && (
        <span className={styles.soft}>
          {other.zone}, {other.words}
        </span>
      )}
    </span>
  );
}
