import { boolean, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Conditions } from '../../server/conditions.ts';
import { projects } from './projects.ts';
import { taskStates } from './tasks.ts';

/**
 * The tasks of a project's templates that do not always apply, each with what it depends on and how that was judged last.
 * Apart from `tasks`, because one that has never applied has no row there: it is no thing of the project yet, for nobody
 * and for no figure. Staff only.
 */
export const projectConditions = pgTable(
  'project_conditions',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    taskKey: text('task_key').notNull(),
    conditions: jsonb('conditions').$type<Conditions>().notNull(),
    applies: boolean('applies').notNull(),
    /** The state that it was waived from when it ceased to apply; null where it was not, or was taken up again. */
    waivedFrom: text('waived_from', { enum: taskStates }),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.taskKey] })],
);
