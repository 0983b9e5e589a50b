import { and, eq, inArray, isNull } from 'drizzle-orm';
import { checks, people, projects } from '../../../../drizzle/schema/index.ts';
import { can } from '../../../access/policy.ts';
import { companyOf, viewerByPerson } from '../../../accounts/queries.ts';
import type { Tx } from '../../../platform/database/transaction.ts';
import { append } from '../../../platform/events/log.ts';
import { publicOrigin } from '../../../platform/http/origin.ts';
import { mailSend } from '../../../platform/mail/mail.ts';
import type { Services } from '../../../platform/services.ts';
import type { TaskSeen } from '../../../tasks/queries.ts';
import { words } from '../../../words/en.ts';
import type { SubmissionRow } from '../../queries.ts';
import type { CheckRow } from '../queries.ts';
import { subjectOf } from '../subject.ts';
import { type NoticeAsked, noticeOf } from './wanted.ts';

type Noticing = {
  check: CheckRow;
  task: TaskSeen;
  submission: SubmissionRow;
  /** Titles of what the last run found. */
  titles: readonly string[];
};

/**
 * Tells once of what nobody looks at: that a standing check has been broken for long, or that a feed is not fetched any
 * more. Each is told once for a break, in the activity and by mail to whoever can mend it; when it is well again it may be
 * told anew.
 */
export async function checkNoticed(tx: Tx, services: Services, noticing: Noticing, asked: NoticeAsked): Promise<void> {
  const { check, task, submission, titles } = noticing;
  const noticed = noticeOf(check.noticed, asked);
  if (noticed === check.noticed) return;
  await tx.update(checks).set({ noticed }).where(eq(checks.id, check.id));
  if (noticed === null) return;
  const { projectId, id: taskId, visibility: audience } = task;
  const on = { audience, actorId: null, subjectId: submission.id, projectId, taskId };
  const facts = { inputId: check.inputId };
  append(tx, { ...on, kind: noticed === 'GIVEN_UP' ? 'submission.givenUp' : 'submission.stayedBroken', facts });
  const { name: company } = await companyOf({ db: tx });
  const link = `${publicOrigin(services)}/tasks/${taskId}?part=input`;
  const said = { company, task: task.title, subject: subjectOf(check.spec), why: words.checks.broke({ titles }), link };
  const template = noticed === 'GIVEN_UP' ? ('feedGivenUp' as const) : ('checkStaysBroken' as const);
  for (const { name, email } of await responsible(tx, task, submission)) {
    await mailSend(tx, services, { to: { name, email }, template, params: { ...said, name } });
  }
}

/** Whoever leads the project, has the task, or handed it in: those of them who are here and may read the task. */
async function responsible(tx: Tx, task: TaskSeen, { submittedBy }: SubmissionRow) {
  const [project] = await tx.select({ pmId: projects.pmId }).from(projects).where(eq(projects.id, task.projectId));
  const ids = [...new Set([project?.pmId, task.assigneeId, submittedBy].filter((id) => typeof id === 'string'))];
  const rows = await tx
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(and(inArray(people.id, ids), isNull(people.removedAt), eq(people.isApp, false)))
    .orderBy(people.id);
  const told: typeof rows = [];
  for (const person of rows) {
    const viewer = await viewerByPerson({ db: tx }, person.id);
    if (viewer && can(viewer, 'task.read', task)) told.push(person);
  }
  return told;
}
