import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import {
  accountFacts,
  accounts,
  notes,
  phases,
  projectPositions,
  projectStaff,
  projects,
  taskDependencies,
  taskInputs,
  tasks,
} from '../../drizzle/schema/index.ts';
import { can } from '../access/policy.ts';
import { addBusinessDays } from '../calendar.ts';
import { type Committed, type Tx, transaction } from '../platform/database/transaction.ts';
import { append } from '../platform/events/log.ts';
import { ApiError } from '../platform/graphql/errors.ts';
import type { Ctx } from '../platform/services.ts';
import { accountVariables, variablesIn } from '../tasks/queries.ts';
import { type Playbook, type PlaybookKey, readPlaybook } from './playbooks.ts';

export type ProjectCreateInput = {
  accountId: string;
  playbookKey: PlaybookKey;
  /** Null: the playbook's own name. */
  name: string | null;
  pmId: string;
  /** YYYY-MM-DD. Due dates are counted from it, Monday to Friday. */
  signedOn: string;
  /** Null: as many working days after the signature as the playbook plans for. */
  targetOn: string | null;
  /** Expected revenue a month, in minor units. */
  revenue: { amountMinor: number; currency: string };
};

type TaskRow = typeof tasks.$inferInsert;
type NewProject = { id: string; phases: (typeof phases.$inferInsert)[]; tasks: Map<string, TaskRow> };

/**
 * Starts an integration from a playbook: the project, its road, its tasks with a note each, and who waits for whom.
 * Documentation is copied as written; its variables are filled in when it is read, so that a fact learnt later shows.
 */
export async function projectCreate(ctx: Ctx, input: ProjectCreateInput): Promise<Committed<{ id: string }>> {
  if (!can(ctx.viewer, 'project.create', null)) throw new ApiError('FORBIDDEN');
  const playbook = readPlaybook(input.playbookKey);
  return transaction(ctx, async (tx) => {
    const account = await accountWithFacts(tx, input.accountId, playbook);
    const now = ctx.clock.now();
    const project = draw(playbook, input.signedOn, now);
    const row = {
      id: project.id,
      revision: 1,
      accountId: account.id,
      name: input.name ?? playbook.name,
      platform: playbook.platform,
      products: playbook.products,
      state: 'ACTIVE' as const,
      pmId: input.pmId,
      timeZone: account.timeZone,
      signedOn: input.signedOn,
      targetOn: input.targetOn ?? addBusinessDays(input.signedOn, playbook.targetInBusinessDays),
      templateKey: playbook.key,
      templateVersion: playbook.version,
      createdAt: now,
      updatedAt: now,
    };
    await tx.insert(projects).values(row);
    await tx.insert(projectPositions).values({ projectId: project.id, position: 0, sharedPosition: 0 });
    await tx.insert(projectStaff).values({
      projectId: project.id,
      revenueMinor: input.revenue.amountMinor,
      revenueCurrency: input.revenue.currency,
      lastClientActivityAt: null,
    });
    await tx.insert(phases).values(project.phases);
    await tx.insert(tasks).values([...project.tasks.values()]);
    const inputs = inputsOf(playbook, project);
    if (inputs.length > 0) await tx.insert(taskInputs).values(inputs);
    const dependencies = dependenciesOf(playbook, project);
    if (dependencies.length > 0) await tx.insert(taskDependencies).values(dependencies);
    append(tx, {
      kind: 'project.created',
      audience: 'SHARED',
      actorId: ctx.viewer.personId,
      subjectId: project.id,
      projectId: project.id,
      facts: { templateKey: playbook.key, templateVersion: playbook.version },
      revision: { before: null, after: { name: row.name, state: row.state, targetOn: row.targetOn } },
    });
    appendTasks(tx, ctx, [...project.tasks.values()]);
    await insertNotes(tx, ctx, [...project.tasks.values()]);
    return { id: project.id };
  });
}

/** The account, when every variable that documentation asks of it is known. */
async function accountWithFacts(tx: Tx, accountId: string, playbook: Playbook): Promise<typeof accounts.$inferSelect> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId));
  if (!account) throw new ApiError('NOT_FOUND');
  const facts = await tx
    .select({ key: accountFacts.key })
    .from(accountFacts)
    .where(eq(accountFacts.accountId, accountId));
  const used = playbook.phases.flatMap((phase) => phase.tasks.flatMap((task) => variablesIn(task.documentation)));
  const missing = accountVariables.filter((name) => used.includes(name) && !facts.some((fact) => fact.key === name));
  if (missing.length > 0) throw new ApiError('BAD_USER_INPUT', `accountFacts: ${missing.join(', ')}`);
  return account;
}

function draw(playbook: Playbook, signedOn: string, now: Date): NewProject {
  const project: NewProject = { id: uuidv7(), phases: [], tasks: new Map() };
  for (const phase of playbook.phases) {
    const phaseId = uuidv7();
    const index = project.phases.length;
    project.phases.push({ id: phaseId, projectId: project.id, index, name: phase.name, milestone: phase.milestone });
    for (const task of phase.tasks) {
      project.tasks.set(task.key, {
        id: uuidv7(),
        revision: 1,
        projectId: project.id,
        phaseId,
        // One count over the whole road, so that a list of tasks needs no phase to be in order.
        index: project.tasks.size,
        key: task.key,
        title: task.title,
        purpose: task.purpose,
        documentation: task.documentation,
        minutes: task.minutes,
        type: task.type,
        side: task.side,
        visibility: 'SHARED',
        state: task.after.length === 0 ? 'READY' : 'NOT_READY',
        stateSince: now,
        // What the company hands in is done with it; what a client hands in is looked at first.
        isReviewWanted: task.side === 'CLIENT',
        acceptedExtensions: task.inputs.flatMap(({ spec }) => (spec.kind === 'FILE' ? spec.acceptedExtensions : [])),
        assigneeId: null,
        dueOn: addBusinessDays(signedOn, task.dueInBusinessDays),
        createdAt: now,
        updatedAt: now,
      });
    }
  }
  return project;
}

function inputsOf(playbook: Playbook, project: NewProject): (typeof taskInputs.$inferInsert)[] {
  return playbook.phases
    .flatMap((phase) => phase.tasks)
    .flatMap((task) =>
      task.inputs.map((input, index) => ({
        id: uuidv7(),
        taskId: project.tasks.get(task.key)?.id ?? '',
        index,
        key: input.key,
        kind: input.spec.kind,
        label: input.label,
        isRequired: input.isRequired,
        spec: input.spec,
      })),
    );
}

function dependenciesOf(playbook: Playbook, project: NewProject): (typeof taskDependencies.$inferInsert)[] {
  const idOf = (key: string) => project.tasks.get(key)?.id ?? '';
  return playbook.phases
    .flatMap((phase) => phase.tasks)
    .flatMap((task) => task.after.map((key) => ({ taskId: idOf(task.key), predecessorId: idOf(key) })));
}

function appendTasks(tx: Tx, ctx: Ctx, rows: TaskRow[]): void {
  for (const task of rows) {
    append(tx, {
      kind: 'task.created',
      audience: task.visibility,
      actorId: ctx.viewer.personId,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { phaseId: task.phaseId },
      revision: { before: null, after: { title: task.title, purpose: task.purpose, dueOn: task.dueOn ?? null } },
    });
  }
  for (const task of rows.filter((each) => each.state === 'READY')) {
    append(tx, {
      kind: 'task.ready',
      audience: task.visibility,
      actorId: null,
      subjectId: task.id,
      projectId: task.projectId,
      taskId: task.id,
      facts: { from: 'NOT_READY', to: 'READY' },
    });
  }
}

/** Every task has its note from the first day, empty: the server owns its history, clients never seed it. */
async function insertNotes(tx: Tx, ctx: Ctx, rows: TaskRow[]): Promise<void> {
  const made = rows.map((task) => ({
    id: uuidv7(),
    projectId: task.projectId,
    taskId: task.id,
    audience: task.visibility,
    epoch: 1,
    createdAt: ctx.clock.now(),
  }));
  await tx.insert(notes).values(made);
  for (const note of made) {
    append(tx, {
      kind: 'note.created',
      audience: note.audience,
      actorId: ctx.viewer.personId,
      subjectId: note.id,
      projectId: note.projectId,
      taskId: note.taskId,
      facts: {},
    });
  }
}
