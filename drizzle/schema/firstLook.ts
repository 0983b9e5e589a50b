import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { people } from './accounts.ts';
import { instant } from './columns.ts';
import { projects } from './projects.ts';
import { submissions } from './submissions.ts';

export const firstLookStates = ['EMPTY', 'BUILDING', 'READY', 'FAILED'] as const;
export const firstLookSources = ['FEED', 'WEBSITE'] as const;
export const firstLookProblems = ['NO_WEBSITE', 'FORBIDDEN', 'UNREACHABLE', 'NO_PRODUCTS', 'BUILD_FAILED'] as const;

/** What a mock is painted with, taken from the logo that was handed in or from the shop's own pages. */
export type FirstLookBrand = {
  logo: 'SUBMISSION' | 'WEBSITE' | null;
  /** The id of that submission, or the address of the picture. */
  logoAt: string | null;
  accent: string | null;
  ground: string | null;
  name: string;
  /** What the shop's own pages said when they were read last; null: they were not. Under whatever is handed in. */
  site: { name: string | null; logo: string | null; accent: string | null; ground: string | null } | null;
};

/**
 * The client's own products in a mock of what they bought: where its making stands, and which index it asks. An index
 * that is there answers while the next is being built.
 */
export const firstLooks = pgTable('first_looks', {
  projectId: uuid('project_id')
    .primaryKey()
    .references(() => projects.id),
  state: text('state', { enum: firstLookStates }).notNull(),
  /** Of the index that is there; of the one that is being made where none is there yet. */
  source: text('source', { enum: firstLookSources }),
  submissionId: uuid('submission_id').references(() => submissions.id),
  /** Moves with everything that asks for another build. */
  run: integer('run').notNull(),
  /** The last of them that came to an end, whatever it came to; less than `run`: one is wanted or under way. */
  settledRun: integer('settled_run').notNull().default(0),
  /** Rows of the file, or pages that were looked at. */
  total: integer('total').notNull().default(0),
  /** Rows without an error. */
  usable: integer('usable').notNull().default(0),
  /** What stands in the index. */
  shown: integer('shown').notNull().default(0),
  currencies: text('currencies').array().notNull(),
  hasOrders: boolean('has_orders').notNull().default(false),
  /** The blob of the index; null while there is none. */
  indexKey: text('index_key'),
  /** The run that made it; part of the address of a picture. */
  indexRun: integer('index_run').notNull().default(0),
  /** The blob that a build is writing: it has a row before it has bytes. */
  nextKey: text('next_key'),
  brand: jsonb('brand').$type<FirstLookBrand>(),
  problem: text('problem', { enum: firstLookProblems }),
  builtAt: instant('built_at'),
  /** When there was something to look at for the first time; never changes. */
  firstLookAt: instant('first_look_at'),
});

/** What a client suggests for a product's mock, to be handed on to the real set-up. */
export const firstLookSettings = pgTable(
  'first_look_settings',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    product: text('product').notNull(),
    /** As `server/firstLook/settings.ts` reads it; null: it was taken back. */
    values: jsonb('values'),
    /** Goes on over what was taken back, so that a number never means two suggestions. */
    revision: integer('revision').notNull(),
    by: uuid('by')
      .notNull()
      .references(() => people.id),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.product] })],
);

/** How the company lets a product's mock begin, for every client. */
export const mockDefaults = pgTable('mock_defaults', {
  product: text('product').primaryKey(),
  /** As `server/firstLook/settings.ts` reads it; null: it begins plain again. */
  values: jsonb('values'),
  revision: integer('revision').notNull(),
  by: uuid('by')
    .notNull()
    .references(() => people.id),
  at: instant('at').notNull(),
});
