import {
  IconAlertTriangle,
  IconAt,
  IconBarrierBlock,
  IconCalendarDue,
  IconCalendarEvent,
  IconCalendarX,
  IconChecklist,
  IconClockExclamation,
  type IconProps,
  IconRubberStamp,
  IconZzz,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { DueDay, RelativeTime } from '../../components/Time.tsx';
import { useViewer } from '../../features/viewer/viewer.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import type { Item, Why } from './documents.ts';
import styles from './MyDay.module.css';

const icons: Readonly<Record<string, ComponentType<IconProps>>> = {
  TASK_OVERDUE: IconClockExclamation,
  PROMISE_BROKEN: IconCalendarX,
  TASK_DUE_TODAY: IconCalendarDue,
  PROMISE_DUE: IconCalendarDue,
  REVIEW_WAITS: IconChecklist,
  APPROVAL_WAITS: IconRubberStamp,
  MENTIONED: IconAt,
  STUCK: IconBarrierBlock,
  CLIENT_SILENT: IconZzz,
  TASK_DUE_SOON: IconCalendarEvent,
};

type Props = { item: Item /** It came, or changed, just now. */; isWarm: boolean };

/** A task, or a project, that needs the viewer: what, whose shop, every reason, and since when. It leads to where it is done. */
export function MyDayRow({ item, isWarm }: Props) {
  const { t } = useTranslation();
  const { person } = useViewer();
  const { project, task, whys } = item;
  const [first] = whys;
  if (!project || !first) return null;
  const Icon = icons[first.kind] ?? IconAlertTriangle;
  return (
    <li className={styles.row} data-warm={isWarm || undefined}>
      <Icon className={styles.icon} stroke={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <Link {...placeOf(item, first)} className={styles.link} data-item={item.key}>
          {task?.title ?? project.account.name}
        </Link>
        <span className={styles.place}>
          {task ? project.account.name : project.name}
          {whys.map((why) => (
            <span key={why.kind} className={styles.why}>
              {whyWords(t, why, person.id)}
              {why.inPlaceOf && ` ${t('myDay.inPlaceOf', { name: why.inPlaceOf.name })}`}
            </span>
          ))}
        </span>
      </div>
      <div className={styles.aside}>
        {first.on === null
          ? first.since && <RelativeTime at={first.since} />
          : first.kind !== 'TASK_DUE_TODAY' &&
            first.kind !== 'PROMISE_DUE' && <DueDay on={first.on} isOverdue={first.kind !== 'TASK_DUE_SOON'} isShort />}
      </div>
    </li>
  );
}

/** Where that is done: the comment or note that names them, what was handed in, the task, or the project. */
function placeOf({ project, task }: Item, why: Why): Pick<LinkProps, 'to' | 'params' | 'search'> {
  if (!task) return { to: '/projects/$projectId', params: { projectId: project?.id ?? '' } };
  const search = why.comment
    ? { comment: why.comment.id }
    : why.isOfNote
      ? { tab: 'note' as const, part: 'conversation' as const }
      : why.kind === 'REVIEW_WAITS'
        ? { part: 'input' as const }
        : {};
  return { to: '/tasks/$taskId', params: { taskId: task.id }, search };
}

function whyWords(t: TFunction, why: Why, viewerId: string): string {
  const isSaid = why.kind === 'PROMISE_BROKEN' || why.kind === 'PROMISE_DUE' || why.kind === 'STUCK';
  const form = why.isNobodys ? '_nobodys' : isSaid && why.actor?.id === viewerId ? '_own' : why.isOfNote ? '_note' : '';
  // A reason that is newer than this page has no words here, and an approval that is nobody's no other ones.
  const plain = t(`myDay.why.${why.kind}`, { ...given(t, why), defaultValue: t('myDay.why.other') });
  return form === '' ? plain : t(`myDay.why.${why.kind}${form}` as never, { ...given(t, why), defaultValue: plain });
}

function given(t: TFunction, { actor, on, days }: Why) {
  return {
    name: actor?.name ?? t('myDay.somebody'),
    day: on === null ? '' : dayWords(on, todayOf(new Date())),
    count: days ?? 0,
  };
}
