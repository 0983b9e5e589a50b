import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { people, projects, searchDocuments, tasks } from '../../drizzle/schema/index.ts';
import { audienceOf } from '../access/policy.ts';
import { knownPeople, peopleLoader } from '../accounts/queries.ts';
import { commentLoader } from '../comments/queries.ts';
import { fileLoader } from '../files/queries.ts';
import { noteLoader } from '../notes/queries.ts';
import { type Connection, pageOf, parseCursor } from '../platform/graphql/connection.ts';
import type { Ctx } from '../platform/services.ts';
import { projectLoader, readableBy } from '../projects/queries.ts';
import { taskLoader } from '../tasks/queries.ts';
import { prefixQuery, termsOf } from './terms.ts';

export type SearchKind = typeof searchDocuments.$inferSelect.kind;
/** One document that answers a search, and how well (larger is better). */
export type SearchHit = Pick<
  typeof searchDocuments.$inferSelect,
  'subjectId' | 'kind' | 'projectId' | 'taskId' | 'title' | 'body' | 'at'
> & { score: number; terms: string[] };

/** Titles this like the question count as found, so that one wrong letter does not hide a thing. */
const likeness = 0.45;

/** What the viewer may see and what answers `asked`, the best first. Nothing for a question without a word. */
export async function searchPage(
  ctx: Ctx,
  asked: string,
  kinds: readonly SearchKind[] | null,
  first: number,
  after: string | null,
): Promise<Connection<SearchHit>> {
  const cursor = parseCursor(after, ['number', 'string']);
  const terms = termsOf(asked);
  const keyOf = (hit: SearchHit) => [hit.score, hit.subjectId];
  if (terms.length === 0) return pageOf<SearchHit>([], first, keyOf, 'forward', cursor !== null);
  const plain = sql`unaccent(${terms.join(' ')})`;
  const query = sql`to_tsquery('simple', unaccent(${prefixQuery(terms)}))`;
  const d = searchDocuments;
  // Whole numbers: a cursor holds them exactly.
  const score = sql<number>`(1000000 * (ts_rank(${d.words}, ${query}) + 0.5 * word_similarity(${plain}, ${d.plain})))::int`;
  const beyond = cursor ? sql`(${score}, ${d.subjectId}::text) < (${cursor[0]}, ${cursor[1]})` : undefined;
  const rows = await ctx.db
    .select({
      subjectId: d.subjectId,
      kind: d.kind,
      projectId: d.projectId,
      taskId: d.taskId,
      title: d.title,
      body: d.body,
      at: d.at,
      score,
    })
    .from(d)
    .leftJoin(projects, eq(projects.id, d.projectId))
    .leftJoin(tasks, eq(tasks.id, d.taskId))
    .where(
      and(
        or(sql`${d.words} @@ ${query}`, sql`word_similarity(${plain}, ${d.plain}) > ${likeness}`),
        kinds ? inArray(d.kind, [...kinds]) : undefined,
        visibleTo(ctx),
        beyond,
      ),
    )
    .orderBy(desc(score), sql`${d.subjectId}::text desc`)
    .limit(first + 1);
  const page = pageOf(
    rows.map((row) => ({ ...row, terms })),
    first,
    keyOf,
    'forward',
    cursor !== null,
  );
  const isSeen = await Promise.all(page.nodes.map(async (hit) => (await subjectOf(ctx, hit)) !== null));
  const edges = page.edges.filter((_, at) => isSeen[at]);
  return { ...page, edges, nodes: edges.map((edge) => edge.node) };
}

/**
 * Staff read their own document of a thing that has two; everybody else the shared ones, of tasks that are shared and of
 * projects that are theirs. What is found is loaded by its noun as well, which asks the policy once more.
 */
function visibleTo(ctx: Ctx): SQL | undefined {
  const { audience, kind, projectId, taskId, subjectId } = searchDocuments;
  // In SQL, and not after it: a page that ends, and a cursor, would tell of people whom nobody may know of.
  const known = knownPeople(ctx);
  const isKnown =
    known &&
    or(sql`${kind} <> 'PERSON'`, inArray(subjectId, ctx.db.select({ id: people.id }).from(people).where(known)));
  if (audienceOf(ctx.viewer) === 'INTERNAL') {
    const isOwn = or(sql`${kind} <> 'PERSON'`, eq(audience, 'INTERNAL'));
    // Without a token that is for some accounts only, staff read all projects: then there is no condition.
    const readable = readableBy(ctx);
    return and(isOwn, isKnown, readable && or(isNull(projectId), readable));
  }
  return and(
    eq(audience, 'SHARED'),
    isKnown,
    or(isNull(projectId), and(sql`${projects.id} is not null`, readableBy(ctx))),
    or(isNull(taskId), eq(tasks.visibility, 'SHARED')),
  );
}

const loaders = {
  PROJECT: projectLoader,
  TASK: taskLoader,
  COMMENT: commentLoader,
  NOTE: noteLoader,
  FILE: fileLoader,
  PERSON: peopleLoader,
} satisfies Record<SearchKind, (ctx: Ctx) => { load(id: string): Promise<object | null> }>;

const typeOfKind: Record<SearchKind, string> = {
  PROJECT: 'Project',
  TASK: 'Task',
  COMMENT: 'Comment',
  NOTE: 'Note',
  FILE: 'File',
  PERSON: 'Person',
};

/** The thing itself, as the viewer may see it; null when it is gone or not theirs. */
export async function subjectOf(
  ctx: Ctx,
  { kind, subjectId }: Pick<SearchHit, 'kind' | 'subjectId'>,
): Promise<(object & { __typename: string }) | null> {
  const found = await loaders[kind](ctx).load(subjectId);
  return found && { ...found, __typename: typeOfKind[kind] };
}
