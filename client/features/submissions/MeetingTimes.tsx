import type { TFunction } from 'i18next';
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

/** A moment in both zones, so that nobody has to reckon. */
export function BothTimes({ at, zones, isLarge = false }: { at: string; zones: Zones; isLarge?: boolean }) {
  const moment = new Date(at);
  const { own, other } = zones;
  return (
    <span className={styles.both}>
      <time dateTime={at} className={isLarge ? styles.large : undefined}>
        {timeIn(moment, own.zone)}
      </time>
      <span className={styles.soft}>
        {own.zone}, {own.words}
      </span>
      <time dateTime={at}>{timeIn(moment, other.zone)}</time>
      <span className={styles.soft}>
        {other.zone}, {other.words}
      </span>
    </span>
  );
}
