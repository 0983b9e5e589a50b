import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { centralisation } from '../../../server/journeys/gaps/centralisation.ts';
import { toolsOf } from '../../../server/journeys/gaps/toolsOf.ts';
import { Face } from '../../components/Face.tsx';
import type { JourneyDoc } from '../../features/journeys/useJourney.ts';
import styles from './Journeys.module.css';

/** One line under the name: the figures of the map, whether it is saved, and who else is here. */
export function MapState({ doc }: { doc: JourneyDoc }) {
  const { t } = useTranslation();
  const { map, state } = doc;
  const share = useMemo(() => centralisation(map).share, [map]);
  const tools = useMemo(() => toolsOf(map).length, [map]);
  const { agreement } = doc.saying;
  const missing = agreement.departments.filter(({ signature }) => signature !== 'SIGNED').length;
  const others = doc.people.filter(({ id }) => id !== doc.me.id);
  const names = others.map(({ name }) => name).join(', ');
  return (
    <div className={styles.figures}>
      <span>
        {share === null
          ? t('journeyMap.figures.noItems')
          : t('journeyMap.figures.centralised', { share: Math.round(share * 100) })}
      </span>
      <span>{t('journeyMap.touchpoints', { count: map.touchpoints.length })}</span>
      <span>{t('journeyMap.figures.tools', { count: tools })}</span>
      {agreement.departments.length > 0 && (
        <span className={styles.agreed} data-agreed={agreement.isAgreed || undefined}>
          {agreement.isAgreed ? t('journeySaying.agreed') : t('journeySaying.notAgreed', { count: missing })}
        </span>
      )}
      {doc.canEdit && (
        <span role="status" className={styles.soft}>
          {t(`journeyMap.status.${state.status}`)}
        </span>
      )}
      {others.length > 0 && (
        <ul className={styles.here} aria-label={t('journeyMap.here', { names })}>
          {others.slice(0, 5).map(({ id, name, isStaff }) => (
            <li key={id}>
              <Face name={name} isStaff={isStaff} size="small" withTooltip />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
