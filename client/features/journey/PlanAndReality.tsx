import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../api/graphql.ts';
import { Internal } from '../../components/Internal.tsx';
import { useNow } from '../../components/now.ts';
import { useAskedAgain } from '../../components/useAskedAgain.ts';
import { clockOrDay, exactTime, percent } from '../../words/format.ts';
import styles from './PlanAndReality.module.css';
import { StepMark } from './StepMark.tsx';

export { addJourneyWords } from '../../words/journey.ts';

const PlanAndRealityQuery = graphql(`
  query PlanAndReality($id: ID!) {
    project(id: $id) {
      id
      processFit { fitness steps { kind title at days plannedDays task { id } } }
    }
  }
`);
type Fit = NonNullable<NonNullable<ResultOf<typeof PlanAndRealityQuery>['project']>['processFit']>;
type Step = Fit['steps'][number];

/** Deviations that stand there before anybody asks for all. */
const fewest = 4;

type Props = { projectId: string; position: number; company: string };

/** For staff: how the project goes against its templates, as one strip of steps, and where it left them. */
export function PlanAndReality({ projectId, position, company }: Props) {
  const { t } = useTranslation();
  const { data, previousData, refetch } = useQuery(PlanAndRealityQuery, {
    variables: { id: projectId },
    fetchPolicy: 'cache-and-network',
  });
  useAskedAgain(position, refetch, 60_000);
  const fit = (data ?? previousData)?.project?.processFit;
  if (!fit) return null;
  return (
    <Internal company={company} title={t('journey.title')}>
      <div className={styles.part}>
        {fit.steps.length === 0 ? (
          <p className={styles.soft}>{t('journey.none')}</p>
        ) : (
          <>
            <p className={styles.fit}>{t('journey.fit', { percent: percent(fit.fitness, 1) })}</p>
            <div className={styles.strip} aria-hidden="true">
              {fit.steps.map((step, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place among them
                <StepMark key={at} kind={step.kind} title={wordsOf(step)} />
              ))}
            </div>
            <p className={styles.soft}>{t('journey.about')}</p>
            <Deviations steps={fit.steps.filter(({ kind }) => kind !== 'AS_PLANNED')} />
          </>
        )}
      </div>
    </Internal>
  );

  function wordsOf({ title, kind }: Step): string {
    return t('journey.step', { title, kind: t(`journey.kind.${kind}`) });
  }
}

function Deviations({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  if (steps.length === 0) return <p className={styles.soft}>{t('journey.allAsPlanned')}</p>;
  return (
    <>
      <ul className={styles.list}>
        {(isWhole ? steps : steps.slice(0, fewest)).map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place among them
          <Deviation key={at} step={step} />
        ))}
      </ul>
      {steps.length > fewest && (
        <button type="button" className={styles.more} aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('journey.less') : t('journey.more', { count: steps.length - fewest })}
        </button>
      )}
    </>
  );
}

function Deviation({ step: { kind, title, at, days, plannedDays, task } }: { step: Step }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <li>
      <StepMark kind={kind} />
      <span>
        {task ? (
          <Link to="/tasks/$taskId" params={{ taskId: task.id }}>
            {title}
          </Link>
        ) : (
          title
        )}{' '}
        <span className={styles.soft}>
          {t(`journey.kind.${kind}`)}
          {kind === 'SLOW' && days !== null && `, ${t('journey.took', { count: days, planned: plannedDays })}`}
          {at && (
            <>
              {', '}
              <time dateTime={at} title={exactTime(new Date(at))}>
                {clockOrDay(new Date(at), now)}
              </time>
            </>
          )}
        </span>
      </span>
    </li>
  );
}
