import { IconCheck } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, type ResultOf, readFragment } from '../../api/graphql.ts';
import { useWarm } from '../../live/useWarm.ts';
import { percent } from '../../words/format.ts';
import styles from './Road.module.css';

export const RoadPhase = graphql(`
  fragment RoadPhase on Phase {
    id
    index
    name
    milestone
    progress { done total }
  }
`);

type Phases = readonly FragmentOf<typeof RoadPhase>[];

/** The first phase with something left to do; null when the whole road is done. */
export function currentPhase(phases: Phases) {
  const read = readFragment(RoadPhase, phases);
  return read.find(({ progress }) => progress.done < progress.total) ?? null;
}

type Props = { phases: Phases };

/** From kick-off to live: done phases filled, the current one with its share, the next ones outlined. */
export function Road({ phases }: Props) {
  const { t } = useTranslation();
  const read = readFragment(RoadPhase, phases);
  const current = currentPhase(phases);
  return (
    <section className={styles.road} aria-labelledby="road-title">
      <h2 id="road-title" className={styles.hidden}>
        {t('project.road.title')}
      </h2>
      <ol className={styles.phases}>
        {read.map((phase, index) => (
          <Stretch
            key={phase.id}
            phase={phase}
            number={index + 1}
            stage={phase.id === current?.id ? 'current' : phase.progress.done < phase.progress.total ? 'next' : 'done'}
          />
        ))}
      </ol>
    </section>
  );
}

/** The style sheet decides whether the share is a width or a height. */
function shareOf(share: number): CSSProperties {
  return { ['--share' as string]: `${share}%` };
}

type StretchProps = {
  phase: ResultOf<typeof RoadPhase>;
  number: number;
  stage: 'done' | 'current' | 'next';
};

function Stretch({ phase, number, stage }: StretchProps) {
  const { t } = useTranslation();
  const isWarm = useWarm(phase.id);
  const { done, total } = phase.progress;
  const share = percent(done, total);
  return (
    <li
      className={styles.phase}
      data-stage={stage}
      data-warm={isWarm || undefined}
      aria-current={stage === 'current' ? 'step' : undefined}
    >
      <span className={styles.track} aria-hidden="true">
        <span className={styles.mark}>{stage === 'done' ? <IconCheck stroke={2.5} /> : number}</span>
        <span className={styles.line}>
          <span className={styles.fill} style={shareOf(share)} />
        </span>
      </span>
      <div className={styles.words}>
        <strong className={styles.name}>{phase.name}</strong>
        <span className={styles.share}>
          {stage === 'done' && t('project.road.done')}
          {stage === 'current' && t('project.road.current', { done, total })}
          {stage === 'next' && t('project.road.next', { count: total })}
        </span>
        <span className={styles.milestone}>{phase.milestone}</span>
      </div>
    </li>
  );
}
