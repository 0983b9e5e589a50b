import { inArray, sql } from 'drizzle-orm';
import { comments, notes, people, projects, searchDocuments, submissions, tasks } from '../../drizzle/schema/index.ts';
import type { NewEvent } from '../events.ts';
import type { Clock } from '../platform/clock.ts';
import { Collided, uniqueViolation } from '../platform/database/errors.ts';
import { type Tx, transaction } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';
import { cutBody, documentsOf, nothingTouched, type SearchDocument, type Touched, touchedBy } from './documents.ts';
import { plainText } from './terms.ts';

/**
 * Writes the documents of what a transaction changed, as one of its last statements: what is acknowledged is found, and
 * what is gone is not. Whoever changes a thing need not think of it, because every change appends its event.
 */
export async function documentsWrite(tx: Tx, events: readonly NewEvent[], clock: Clock): Promise<void> {
  try {
    await write(tx, touchedBy(events), clock);
  } catch (error) {
    // Two acts on one thing at once, which lock different rows of it: what the other one wrote was not read here.
    throw uniqueViolation(error) ? new Collided('search documents', { cause: error }) : error;
  }
}

async function write(tx: Tx, touched: Touched, clock: Clock): Promise<void> {
  if (Object.values(touched).every((ids) => ids.size === 0)) return;
  const { stale, fresh } = await documentsOf(tx, touched);
  if (stale.length > 0) await tx.delete(searchDocuments).where(inArray(searchDocuments.subjectId, stale));
  const at = clock.now();
  for (const some of inParts(fresh, 200)) {
    await tx.insert(searchDocuments).values(some.map((one) => rowOf(one, at)));
  }
}

/** The title weighs more than the body. Both go in as plain words, without accents. */
function rowOf(document: SearchDocument, at: Date): typeof searchDocuments.$inferInsert {
  const title = plainText(document.title);
  const body = cutBody(document.body);
  const words = sql<string>`setweight(to_tsvector('simple', unaccent(${title})), 'A') || to_tsvector('simple', unaccent(${plainText(body)}))`;
  return {
    ...document,
    body,
    plain: sql`unaccent(${title})`,
    words,
    at,
  } as unknown as typeof searchDocuments.$inferInsert;
}

const batch = 200;

/** Fills the index of a database that was there before search was: once, when it holds nothing and there are people. */
export async function documentsFill(services: Services): Promise<void> {
  const [known] = await services.db.select({ id: searchDocuments.subjectId }).from(searchDocuments).limit(1);
  if (known) return;
  const sources = [
    ['project', projects],
    ['task', tasks],
    ['comment', comments],
    ['note', notes],
    ['submission', submissions],
    ['person', people],
  ] as const;
  for (const [noun, table] of sources) {
    const rows = await services.db.select({ id: table.id }).from(table);
    for (const some of inParts(rows, batch)) {
      const touched = { ...nothingTouched(), [noun]: new Set(some.map((row) => row.id)) };
      await transaction(services, (tx) => write(tx, touched, services.clock));
    }
  }
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}
