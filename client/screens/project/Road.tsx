import { IconCheck, IconMinus } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
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

type Props = {
  phases: Phases;
  /** Phases of which every task was waived or cancelled: nothing was done in them. */
  leftOut: readonly string[];
  /** The project was closed or cancelled: no phase is the current one. */
  isEnded: boolean;
};

/** From kick-off to live: done phases filled, the current one with its share, the next ones outlined. */
export function Road({ phases, leftOut, isEnded }: Props) {
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
          <Stretch key={phase.id} phase={phase} number={index + 1} stage={stageOf(phase)} />
        ))}
      </ol>
    </section>
  );

  function stageOf({ id, progress }: ResultOf<typeof RoadPhase>): Stage {
    if (leftOut.includes(id)) return 'leftOut';
    if (progress.done < progress.total) return isEnded ? 'leftOpen' : id === current?.id ? 'current' : 'next';
    return 'done';
  }
}

/** The style sheet decides whether the share is a width or a height. */
function shareOf(share: number): CSSProperties {
  return { ['--share' as string]: `${share}%` };
}

type Stage = 'done' | 'leftOut' | 'current' | 'next' | 'leftOpen';

type StretchProps = {
  phase: ResultOf<typeof RoadPhase>;
  number: number;
  stage: Stage;
};

const marks: Partial<Record<Stage, ReactNode>> = {
  done: <IconCheck stroke={2.5} />,
  leftOut: <IconMinus stroke={2.5} />,
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
        <span className={styles.mark}>{marks[stage] ?? number}</span>
        <span className={styles.line}>
          <span className={styles.fill} style={shareOf(share)} />
        </span>
      </span>
      <div className={styles.words}>
        <strong className={styles.name}>{phase.name}</strong>
        <span className={styles.share}>
          {stage === 'done' && t('project.road.done')}
          {stage === 'leftOut' && t('project.road.leftOut')}
          {(stage === 'current' || stage === 'leftOpen') && t('project.road.current', { done, total })}
          {stage === 'next' && t('project.road.next', { count: total })}
        </span>
        <span className={styles.milestone}>{phase.milestone}</span>
      </div>
    </li>
  );
}
