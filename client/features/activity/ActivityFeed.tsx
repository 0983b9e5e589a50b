import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql } from '../../api/graphql.ts';
import { Face } from '../../components/Face.tsx';
import { EmptyState, FieldError } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import styles from './ActivityFeed.module.css';
import { type Place, partsOf, type Told, toldOf } from './sentences.ts';

/** One thing that happened, of a task's or a project's `changes`. */
export const ActivityItem = graphql(`
  fragment ActivityItem on Change @_unmask {
    position
    kind
    at
    taskId
    actor { id name isStaff }
    facts { version repairs repairOf dueOn promisedOn isForLead standing reason assignee { id name } }
  }
`);

const shownAtFirst = 12;

type Props = {
  items: readonly FragmentOf<typeof ActivityItem>[];
  place: Place;
  /** The title of a task by its id; entries of tasks that the reader cannot name are told without a link. */
  taskTitle?: (taskId: string) => string | undefined;
  /** What happened before the oldest of them; left out where nothing did, or where it is not offered. */
  earlier?: Earlier | null;
};

export type Earlier = { isLoading: boolean; hasFailed: boolean; onMore: () => void };

/** What happened, newest first, in sentences; each leads to its task. */
export function ActivityFeed({ items, place, taskTitle, earlier = null }: Props) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  // Of a task that was hidden a reader keeps what happened to others: what cannot be named any more is not told.
  const isKnown = (taskId: string | null) => place === 'inTask' || taskId === null || taskTitle?.(taskId) !== undefined;
  const told = toldOf(
    items.filter((item) => isKnown(item.taskId)),
    earlier !== null,
  );
  if (told.length === 0 && !earlier) return <EmptyState text={t('activity.empty')} />;
  const shown = isWhole ? told : told.slice(0, shownAtFirst);
  const isFolded = told.length > shown.length;
  const handleEarlier = () => {
    setWhole(true);
    if (!isFolded) earlier?.onMore();
  };
  return (
    <>
      <ol className={styles.feed}>
        {shown.map((one) => (
          <Entry key={`${one.item.position}-${one.item.kind}`} told={one} place={place} taskTitle={taskTitle} />
        ))}
      </ol>
      {(isFolded || earlier) && (
        <Button
          className={styles.earlier}
          variant="subtle"
          size="compact-sm"
          loading={earlier?.isLoading ?? false}
          onClick={handleEarlier}
        >
          {t('activity.earlier')}
        </Button>
      )}
      {earlier?.hasFailed && <FieldError>{t('activity.earlierFailed')}</FieldError>}
    </>
  );
}

type EntryProps = { told: Told; place: Place; taskTitle: Props['taskTitle'] };

function Entry({ told, place, taskTitle }: EntryProps) {
  const { t } = useTranslation();
  const { item } = told;
  const isMany = item.kind === 'task.created' && told.count > 1;
  const title = item.taskId ? taskTitle?.(item.taskId) : undefined;
  const isNamed = place === 'inTask' || title !== undefined || item.taskId === null || isMany;
  const unnamed = {
    before: t('activity.unknown', { actor: item.actor?.name ?? t('common.somebody') }),
    task: '',
    after: '',
  };
  const said = isNamed ? partsOf(t, told, place, title ?? '') : unnamed;
  const sentence = (
    <>
      {said.before}
      {said.task && <strong className={styles.task}>{said.task}</strong>}
      {said.after}
    </>
  );
  return (
    <li className={styles.entry}>
      <Face name={item.actor?.name ?? t('common.somebody')} isStaff={item.actor?.isStaff ?? true} size="small" />
      <p>
        {place === 'inProject' && item.taskId && title && !isMany ? (
          <Link to="/tasks/$taskId" params={{ taskId: item.taskId }} className={styles.link}>
            {sentence}
          </Link>
        ) : (
          sentence
        )}
        {item.facts.reason && <span className={styles.reason}>{item.facts.reason}</span>}
        <span className={styles.time}>
          <RelativeTime at={item.at} />
        </span>
      </p>
    </li>
  );
}
