import { customType, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { visibilities } from './projects.ts';

export const searchKinds = ['PROJECT', 'TASK', 'COMMENT', 'NOTE', 'FILE', 'PERSON'] as const;

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/**
 * What search reads: one document per thing and audience, written in the transaction that changes the thing. `plain` is
 * the title without accents, for words that are misspelt; its trigram index stands in the migration.
 */
export const searchDocuments = pgTable(
  'search_documents',
  {
    subjectId: uuid('subject_id').notNull(),
    audience: text('audience', { enum: visibilities }).notNull(),
    kind: text('kind', { enum: searchKinds }).notNull(),
    projectId: uuid('project_id'),
    taskId: uuid('task_id'),
    title: text('title').notNull(),
    body: text('body').notNull(),
    plain: text('plain').notNull(),
    words: tsvector('words').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subjectId, t.audience] }),
    index('search_documents_words').using('gin', t.words),
    index('search_documents_project').on(t.projectId),
    index('search_documents_task').on(t.taskId),
  ],
);
