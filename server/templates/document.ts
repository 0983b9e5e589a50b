import { z } from 'zod';
import { platforms, productKeys, reviewerRoles, sides, visibilities } from '../../drizzle/schema/index.ts';
import { condition } from '../conditions.ts';
import { inputSource } from '../inputs.ts';

/** What a task template may be. DNS is not among them: nothing checks a zone yet. */
export const templateTaskTypes = [
  'FILE',
  'URL',
  'FORM',
  'CREDENTIALS',
  'APPROVAL',
  'MEETING',
  'CHECK',
  'WORK',
] as const;
export const templateAssignees = ['LEAD', 'PM'] as const;
/** The most conditions that one task has. */
export const mostConditions = 6;

const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/);

const taskSource = z.strictObject({
  key,
  title: z.string().trim().min(1).max(120),
  /** A clause that ends the sentence "We ask for this". */
  purpose: z.string().startsWith('so that ').min(12).max(300),
  minutes: z.int().min(1).max(480),
  type: z.enum(templateTaskTypes),
  side: z.enum(sides),
  visibility: z.enum(visibilities).default('SHARED'),
  /** The project cannot go live before a gate is done or waived. */
  isGate: z.boolean().default(false),
  /** Who gets it when a project starts: whoever leads on the client's side, or the project's PM; null: nobody yet. */
  assignee: z.enum(templateAssignees).nullable().default(null),
  /** Left out: what a client hands in is looked at, what the company hands in is done with it. */
  isReviewWanted: z.boolean().optional(),
  /** Who looks at it, by their role in the project; left out: anybody of the company. */
  reviewer: z.enum(reviewerRoles).optional(),
  /** What must hold for it to apply, all of it; left out: it always applies. */
  when: z.array(condition).min(1).max(mostConditions).optional(),
  /** No task of a later phase is ready before this one is done or waived; left out: later phases do not wait. */
  holdsPhases: z.literal(true).optional(),
  inputs: z.array(inputSource).max(8).default([]),
  /** Keys of the tasks that come first. */
  after: z.array(key).max(50).default([]),
  /** Counted from the day of signing. */
  dueInBusinessDays: z.int().min(0).max(365),
});
const phaseHead = { key, name: z.string().trim().min(1).max(80), milestone: z.string().trim().min(1).max(200) };
const head = {
  key,
  version: z.int().min(1),
  name: z.string().trim().min(1).max(80),
  platform: z.enum(platforms),
  products: z.array(z.enum(productKeys)).min(1),
  targetInBusinessDays: z.int().min(1).max(730),
};

/** A playbook as it is written, before its documentation is read from the files beside it. */
export const playbookSource = z.strictObject({
  ...head,
  phases: z.array(z.strictObject({ ...phaseHead, tasks: z.array(taskSource) })),
});
export type PlaybookSource = z.input<typeof playbookSource>;

const reviewedTypes: readonly string[] = ['FILE', 'URL', 'FORM', 'CREDENTIALS'];

/** A task as it is used: whole, with its documentation. */
const taskDocument = taskSource.extend({ isReviewWanted: z.boolean(), documentation: z.string().max(40_000) });
/** A playbook as it is used and stored: one document, valid in its shape. What else it must be stands in checks.ts. */
export const playbookDocument = z.strictObject({
  ...head,
  phases: z.array(z.strictObject({ ...phaseHead, tasks: z.array(taskDocument) })),
});
export type Playbook = z.output<typeof playbookDocument>;
export type PhaseTemplate = Playbook['phases'][number];
export type TaskTemplate = PhaseTemplate['tasks'][number];

/** Whether what this task is handed is looked at before it counts, when nobody said. */
export function isReviewedByDefault(task: { type: string; side: string }): boolean {
  return task.side === 'CLIENT' && reviewedTypes.includes(task.type);
}
