import { Link, useNavigate } from '@tanstack/react-router';
import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../api/graphql.ts';
import { LetterTile } from '../../../components/Face.tsx';
import { useWarm } from '../../../live/useWarm.ts';
import { TimelineRow } from './documents.ts';
import { type Bar, barsOf, type Ends, endsOf, likelyWords, phaseWords, targetWords } from './facts.ts';
import { lanesOf, type Scale } from './scale.ts';
import styles from './Timeline.module.css';

type Props = {
  project: FragmentOf<typeof TimelineRow>;
  scale: Scale;
  today: string;
  index: number;
  /** With the line's words while somebody looks at it. */
  onLook: (words: string | null) => void;
};

/**
 * One integration over the days: its phases as bars, its target and by when it is likely live as marks. What is drawn is
 * for the eyes alone; beside it the same stands as cells of a table.
 */
export const TimelineLine = memo(function TimelineLine({ project, scale, today, index, onLook }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const read = readFragment(TimelineRow, project);
  const isWarm = useWarm(read.id);
  const ends = endsOf(read);
  const inWords = () =>
    [read.account.name, ...phaseWords(t, read), targetWords(t, ends, today), likelyWords(t, ends, today)].join(' · ');

  function handleClick(event: MouseEvent) {
    if ((event.target as Element).closest('a') || getSelection()?.toString()) return;
    void navigate({ to: '/projects/$projectId', params: { projectId: read.id } });
  }

  return (
    <tr
      className={styles.line}
      data-line={index}
      aria-rowindex={index + 2}
      data-warm={isWarm || undefined}
      onClick={handleClick}
      onMouseEnter={() => onLook(inWords())}
      onMouseLeave={() => onLook(null)}
      onFocus={() => onLook(inWords())}
      onBlur={() => onLook(null)}
    >
      <th scope="row" className={styles.side}>
        <span className={styles.sideInside}>
          <Link
            to="/projects/$projectId"
            params={{ projectId: read.id }}
            className={styles.name}
            title={read.name}
            data-row
          >
            <LetterTile name={read.account.name} />
            <span className={styles.cut}>{read.account.name}</span>
          </Link>
          {read.state !== 'ACTIVE' && <span className={styles.state}>{t(`names.projectState.${read.state}`)}</span>}
        </span>
      </th>
      <td className={styles.track}>
        <span className={styles.heard}>{phaseWords(t, read).join('. ')}</span>
        <span aria-hidden="true" className={styles.drawing}>
          <Bars bars={barsOf(read)} scale={scale} />
          <Marks ends={ends} scale={scale} />
        </span>
      </td>
      <td className={styles.words}>
        <span className={styles.heard}>{targetWords(t, ends, today)}</span>
      </td>
      <td className={styles.words}>
        <span className={styles.heard}>{likelyWords(t, ends, today)}</span>
      </td>
    </tr>
  );
});

function Bars({ bars, scale }: { bars: readonly Bar[]; scale: Scale }) {
  const { lanes, count } = lanesOf(bars);
  return bars.map(({ id, name, startOn, finishOn, state, done, total }, at) => {
    const left = scale.at(startOn);
    // The day on which it is finished is worked on, too.
    const width = Math.max(scale.at(finishOn) + scale.dayPx - left, scale.dayPx);
    if (width <= scale.dayPx && !scale.isDrawn(finishOn)) return null;
    return (
      <span
        key={id}
        className={styles.bar}
        data-state={state}
        style={{ left, width, top: `${(lanes[at] ?? 0) * (100 / count)}%`, height: `${100 / count}%` }}
      >
        <span className={styles.fill}>
          {count === 1 && <span className={styles.word}>{name}</span>}
          {state === 'now' && done > 0 && (
            <span className={styles.share} style={{ width: `${(done / total) * 100}%` }} />
          )}
        </span>
      </span>
    );
  });
}

function Marks({ ends: { liveOn, targetOn, likelyOn, isLate }, scale }: { ends: Ends; scale: Scale }) {
  const middle = (on: string) => ({ left: scale.at(on) + scale.dayPx / 2 });
  const isDrawn = (on: string | null): on is string => on !== null && scale.isDrawn(on);
  const isApart = isLate && targetOn !== null && likelyOn !== null;
  return (
    <>
      {isApart && (
        <span
          className={styles.delay}
          style={{ ...middle(targetOn), width: scale.at(likelyOn) - scale.at(targetOn) }}
        />
      )}
      {isDrawn(targetOn) && <span className={styles.target} style={middle(targetOn)} />}
      {isDrawn(likelyOn) && <span className={styles.likely} data-late={isLate || undefined} style={middle(likelyOn)} />}
      {isDrawn(liveOn) && <span className={styles.live} style={middle(liveOn)} />}
    </>
  );
}
