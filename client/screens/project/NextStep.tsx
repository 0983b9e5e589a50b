import { Button } from '@mantine/core';
import { IconCalendar, IconClock, IconHandStop, IconMessageCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { InternalMark } from '../../components/Internal.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { DueDay, RelativeTime } from '../../components/Time.tsx';
import type { Viewer } from '../../features/viewer/viewer.ts';
import { anyOfInWords } from '../../words/anyOf.ts';
import { minutesInWords } from '../../words/minutesInWords.ts';
import styles from './NextStep.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';
import { isOfOwnSide } from './WaitingOn.tsx';

export const NextStepTask = graphql(`
  fragment NextStepTask on Task {
    id
    title
    purpose
    minutes
    type
    state
    visibility
    dueOn
    isOverdue
    stuck { reason since by { id name } }
    assignee { id name isStaff }
  }
`);

type Props = { project: ProjectShown; viewer: Viewer };

/** The one card with the one large button: what is next, why, how long it takes, who can help. */
export function NextStep({ project, viewer }: Props) {
  const { t } = useTranslation();
  const title = t(viewer.isStaff ? 'project.next.staff' : 'project.next.client');
  if (!project.nextStep) return <NothingNext project={project} viewer={viewer} title={title} />;
  return <Step task={project.nextStep} project={project} viewer={viewer} title={title} />;
}

type StepProps = Props & { title: string; task: FragmentOf<typeof NextStepTask> };

function Step({ task, project, viewer, title }: StepProps) {
  const { t } = useTranslation();
  const read = readFragment(NextStepTask, task);
  // What a client handed in is still assigned to the client; that is nobody here who has it.
  const colleague = read.assignee?.isStaff ? read.assignee : null;
  const helper = viewer.isStaff ? colleague : project.pm;
  const isReview = viewer.isStaff && read.state === 'IN_REVIEW';
  return (
    <section className={styles.card} data-stuck={read.stuck !== null || undefined} aria-labelledby="next-title">
      <header className={styles.head}>
        <h2 id="next-title" className={styles.label}>
          {title}
        </h2>
        {read.stuck ? (
          <span className={styles.stuckMark}>
            <IconHandStop stroke={1.75} aria-hidden="true" />
            {t('taskActs.stuck.mark')}
          </span>
        ) : (
          read.state !== 'READY' && <StateBadge state={read.state} />
        )}
        {read.visibility === 'INTERNAL' && <InternalMark company={viewer.company.name} />}
      </header>
      <h3 className={styles.title}>{read.title}</h3>
      {read.stuck ? (
        <div className={styles.stuck}>
          <p className={styles.stuckReason}>
            {read.stuck.reason ? t('project.next.stuckOn', { reason: read.stuck.reason }) : t('project.next.stuckSaid')}
          </p>
          <p>
            {read.stuck.by && t('taskActs.stuck.by', { name: read.stuck.by.name })}{' '}
            <RelativeTime at={read.stuck.since} />
          </p>
        </div>
      ) : (
        <p className={styles.purpose}>{read.purpose}</p>
      )}
      <div className={styles.foot}>
        <Button
          size="md"
          className={styles.go}
          renderRoot={(props) => <Link {...props} to="/tasks/$taskId" params={{ taskId: read.id }} />}
        >
          {buttonOf()}
        </Button>
        <ul className={styles.facts}>
          {!isReview && !read.stuck && (
            <li>
              <IconClock stroke={1.5} aria-hidden="true" />
              {minutesInWords(t, read.minutes)}
            </li>
          )}
          {read.dueOn && (
            <li>
              <IconCalendar stroke={1.5} aria-hidden="true" />
              <span>{t('project.next.due')}</span> <DueDay on={read.dueOn} isOverdue={read.isOverdue} />
            </li>
          )}
          {helper && (
            <li>
              <IconMessageCircle stroke={1.5} aria-hidden="true" />
              {t(viewer.isStaff ? 'project.next.assignee' : 'project.next.helper', { name: helper.name })}
            </li>
          )}
        </ul>
      </div>
    </section>
  );

  function buttonOf(): string {
    if (read.stuck) return t('project.next.openStuck');
    if (isReview) return t('project.next.openReview');
    if (viewer.isStaff) return t('project.next.openStaff');
    if (read.state === 'CHANGES_REQUESTED') return t('project.next.openChanges');
    return t(`project.next.open.${read.type}`);
  }
}

function NothingNext({ project, viewer, title }: Props & { title: string }) {
  const { t } = useTranslation();
  // On hold, before its start and after its end nobody is waited for; the notice above says so.
  if (project.state !== 'ACTIVE' && project.state !== 'LIVE') return null;
  const isDone = project.progress.total > 0 && project.progress.done === project.progress.total;
  const heading = isDone
    ? 'project.next.doneTitle'
    : viewer.isStaff
      ? 'project.next.noneTitleStaff'
      : 'project.next.noneTitle';
  const [first] = project.waitingOnOthers;
  const colleagues = first && isOfOwnSide(first, viewer) ? first.awaited : null;
  return (
    <section className={styles.card} data-quiet aria-labelledby="next-title">
      <h2 id="next-title" className={styles.label}>
        {title}
      </h2>
      <h3 className={styles.title}>{t(heading)}</h3>
      <p className={styles.purpose}>{text()}</p>
    </section>
  );

  function text(): string {
    if (isDone) return t('project.next.done');
    if (viewer.isStaff) return t('project.next.noneStaff');
    if (colleagues === null) return t('project.next.noneClient');
    return t('project.next.noneColleagues', { names: anyOfInWords(t, colleagues, project.account.name) });
  }
}
