import type postgres from 'postgres';

/** So many texts at most are kept ready. Each open connection of the database holds a plan of each, some 20 kB. */
const maxTexts = 300;
/** A text that came so often will come again. Lists of another length are another text, and most of those come once. */
const uses = 3;

/** What is remembered of the texts of statements: how often the rare ones came, and which are kept ready. */
export type PreparedTexts = { isKept(text: string): boolean };

export function preparedTexts(): PreparedTexts {
  const kept = new Set<string>();
  const seen = new Map<string, number>();
  return {
    isKept(text) {
      if (kept.has(text)) return true;
      if (kept.size >= maxTexts) return false;
      const times = (seen.get(text) ?? 0) + 1;
      if (times < uses) {
        // What never comes a third time may not be remembered without end.
        if (seen.size >= 10 * maxTexts) seen.clear();
        seen.set(text, times);
        return false;
      }
      seen.delete(text);
      kept.add(text);
      return true;
    },
  };
}

/**
 * Has statements that come again and again prepared once per connection. drizzle hands its statements over as `unsafe`,
 * which the driver parses, describes and plans anew each time: with parameters that is two round trips in place of one.
 */
export function preparing<S extends postgres.Sql>(sql: S, texts: PreparedTexts = preparedTexts()): S {
  prepareIn(sql, texts);
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => unknown;
  sql.begin = ((...args: unknown[]) => begin(...withScope(args, texts))) as typeof sql.begin;
  return sql;
}

type Scope = postgres.TransactionSql;

function inScope(scope: Scope, texts: PreparedTexts): Scope {
  prepareIn(scope, texts);
  const savepoint = scope.savepoint.bind(scope) as (...args: unknown[]) => unknown;
  scope.savepoint = ((...args: unknown[]) => savepoint(...withScope(args, texts))) as typeof scope.savepoint;
  return scope;
}

/** The last argument of `begin` and `savepoint` is what runs in them. */
function withScope(args: unknown[], texts: PreparedTexts): unknown[] {
  const run = args.at(-1) as (scope: Scope) => unknown;
  return [...args.slice(0, -1), (scope: Scope) => run(inScope(scope, texts))];
}

type Unsafe = (text: string, values?: unknown[], options?: Record<string, unknown>) => unknown;

function prepareIn(sql: { unsafe: unknown }, texts: PreparedTexts): void {
  const unsafe = sql.unsafe as Unsafe;
  const prepared: Unsafe = (text, values = [], options = {}) =>
    unsafe(
      text,
      values,
      values.length > 0 && options.prepare !== true ? { ...options, prepare: texts.isKept(text) } : options,
    );
  sql.unsafe = prepared;
}
