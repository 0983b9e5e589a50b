import { IconAlertTriangle, IconFlag, IconMessage } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Touchpoint } from '../../../server/journeys/map.ts';
import { Tag } from '../../components/Tag.tsx';
import styles from './Canvas.module.css';
import type { Layer } from './layers.ts';
import type { JourneyDoc } from './useJourney.ts';

type Props = {
  doc: JourneyDoc;
  touchpoint: Touchpoint;
  laneId: string;
  gaps: number;
  shown: ReadonlySet<Layer>;
  /** What is needed here and comes from nowhere; drawn with the flow of information. */
  missing: readonly string[];
};

/** What a touchpoint says of itself on the map. */
export function Card({ doc: { map, saying }, touchpoint, laneId, gaps, shown, missing }: Props) {
  const { t } = useTranslation();
  const others = map.departments.filter(({ id }) => id !== laneId && touchpoint.departmentIds.includes(id));
  const tools = shown.has('tools') ? map.systems.filter(({ id }) => touchpoint.tools.includes(id)) : [];
  const pains = map.painPoints.filter(({ touchpointId }) => touchpointId === touchpoint.id);
  const goals = shown.has('goals') ? map.goals.filter((goal) => goal.touchpointIds.includes(touchpoint.id)) : [];
  const said = saying.comments.filter((one) => one.aboutId === touchpoint.id && one.resolvedAt === null).length;
  const lacks = shown.has('flow') ? map.items.filter(({ id }) => missing.includes(id)) : [];
  return (
    <>
      <span className={styles.name}>{touchpoint.name}</span>
      <span className={styles.soft}>
        {[
          touchpoint.channel,
          others.length > 0 && t('journeyMap.also', { names: others.map((one) => one.name).join(', ') }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {tools.length > 0 && (
        <span className={styles.tags}>
          {tools.map(({ id, name }) => (
            <Tag key={id}>{name}</Tag>
          ))}
        </span>
      )}
      {goals.map(({ id, name }) => (
        <span key={id} className={styles.goal}>
          <IconFlag size={14} stroke={1.5} aria-hidden />
          <span>{name}</span>
        </span>
      ))}
      {shown.has('pains') &&
        [...pains]
          .sort((one, other) => other.votes - one.votes || other.severity - one.severity)
          .slice(0, 3)
          .map(({ id, text, severity }) => (
            <span key={id} className={styles.pain} data-severity={severity}>
              {text}
            </span>
          ))}
      {lacks.length > 0 && (
        <span className={styles.lack}>
          {t('journeyMap.missing', { names: lacks.map(({ name }) => name).join(', ') })}
        </span>
      )}
      <span className={styles.marks}>
        {shown.has('experience') && <Mean value={touchpoint.experience} />}
        {pains.length > 0 && !shown.has('pains') && (
          <span className={styles.pains}>{t('journeyMap.pains', { count: pains.length })}</span>
        )}
        {said > 0 && (
          <span className={styles.pains}>
            <IconMessage size={14} stroke={1.5} aria-label={t('journeySaying.count', { count: said })} />
            {said}
          </span>
        )}
        {gaps > 0 && (
          <span className={styles.gaps}>
            <IconAlertTriangle size={14} stroke={1.5} aria-hidden />
            {t('journeyMap.figures.gaps', { count: gaps })}
          </span>
        )}
      </span>
    </>
  );
}

/** A word and a bar from bad to a joy; nothing where nobody said. */
function Mean({ value }: { value: number | null }) {
  const { t } = useTranslation();
  if (value === null) return null;
  return (
    <span className={styles.mean} data-feel={Math.sign(Math.round(value))}>
      <span className={styles.scale} aria-hidden="true">
        <span style={{ '--at': `${((value + 2) / 4) * 100}%` } as CSSProperties} />
      </span>
      {t(`journeyMap.experience.${String(Math.round(value)) as '0'}`)}
    </span>
  );
}
