import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from './columns.ts';
import { projects } from './projects.ts';
import { verdicts } from './reports.ts';
import { submissions } from './submissions.ts';
import { taskInputs, tasks } from './tasks.ts';

export const checkStandings = ['PASSING', 'DEGRADED', 'BROKEN', 'FLAPPING'] as const;
/** What people have been told of by mail, of a break that nobody mends. */
export const checkNotices = ['BROKEN', 'GIVEN_UP'] as const;
export const checkResults = ['PASSED', 'WARNED', 'FAILED'] as const;

/** A rule with the words it was told in. */
type ToldRule = { rule: string; title: string };

/** What is looked at for one submission, again and again while it counts: a domain, an address, pages. */
export const checks = pgTable(
  'checks',
  {
    id: id(),
    submissionId: uuid('submission_id')
      .notNull()
      .unique()
      .references(() => submissions.id),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskId: uuid('task_id')
      .notNull()
      .references(() => tasks.id),
    inputId: uuid('input_id')
      .notNull()
      .references(() => taskInputs.id),
    /** What is looked at, without any secret. */
    spec: jsonb('spec').notNull(),
    /** A webhook's signing secret, or the user and password of a feed: sealed before it came here. */
    sealed: text('sealed'),
    /** Null: it runs when somebody asks. */
    everyMinutes: integer('every_minutes'),
    standing: text('standing', { enum: checkStandings }).notNull(),
    standingSince: instant('standing_since'),
    /** Of the break that it is in; null: nothing, or it is in none. */
    noticed: text('noticed', { enum: checkNotices }),
    /** Rules that the last run broke and the last other one did not; and the other way round. */
    appeared: jsonb('appeared').$type<ToldRule[]>().notNull(),
    mended: jsonb('mended').$type<ToldRule[]>().notNull(),
    /** When it first came out well; null: never. */
    passedAt: instant('passed_at'),
    lastAt: instant('last_at'),
    nextAt: instant('next_at'),
    /** Somebody waits for a run: it is queued, or runs. */
    isRunning: boolean('is_running').notNull(),
    /** Moves with every run; what an earlier run still says is not heard. */
    run: integer('run').notNull(),
    /** Runs in a row that our own machinery broke off. */
    failures: integer('failures').notNull(),
    /** When it was over for good: another version took its place, or the project ended. */
    endedAt: instant('ended_at'),
  },
  (t) => [index('checks_project_standing').on(t.projectId, t.standing), index('checks_input').on(t.inputId)],
);

/** What each run came to; the last hundred of a check are kept. */
export const checkRuns = pgTable(
  'check_runs',
  {
    id: id(),
    checkId: uuid('check_id')
      .notNull()
      .references(() => checks.id),
    at: instant('at').notNull(),
    result: text('result', { enum: checkResults }).notNull(),
    verdict: text('verdict', { enum: verdicts }).notNull(),
    rules: text('rules').array().notNull(),
    findings: jsonb('findings').notNull(),
    facts: jsonb('facts').notNull(),
    tookMs: integer('took_ms').notNull(),
  },
  (t) => [index('check_runs_check').on(t.checkId, t.at)],
);
