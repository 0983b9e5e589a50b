import type postgres from 'postgres';

/*
 * When a connection is lost within a transaction, the driver (3.4) goes on with it: it sends its own ROLLBACK to a
 * socket that is gone, which is an error that nobody catches, and what it queued for the old socket stands before all
 * that the next one is asked, so that this place in the pool never answers again. An act that was between two statements
 * could even have its next one run on the new socket, outside of any transaction. So here a transaction whose line is
 * lost fails at once, asks nothing more, and never comes back to the driver, which forgets it when the socket closes.
 */

type Scope = postgres.TransactionSql;
type Run = (scope: Scope) => unknown;

/** The line that one transaction runs on. */
type Line = { lost: Error | null; onLost(error: Error): void };

/** What the driver keeps of a statement until it is asked for: the type does not name it. */
type Statement = { handler(statement: Statement): unknown; reject(error: unknown): void };

const driverCode = /^CONNECT(ION)?_/;

/** What the driver or the system says of a socket; an answer of the database, however grave, leaves the line whole. */
function isLoss(error: unknown): error is Error {
  if (!(error instanceof Error) || error.name === 'PostgresError') return false;
  return 'syscall' in error || ('code' in error && typeof error.code === 'string' && driverCode.test(error.code));
}

/** Has the transactions of this client end with their connections. */
export function endingWithLine<S extends postgres.Sql>(sql: S): S {
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>;
  const ending = (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const line: Line = { lost: null, onLost: reject };
      begin(...args.slice(0, -1), onLine(args.at(-1) as Run, line)).then(resolve, (error: unknown) => {
        if (isLoss(error)) line.lost ??= error;
        reject(error);
      });
    });
  sql.begin = ending as typeof sql.begin;
  return sql;
}

function onLine(run: Run, line: Line): (scope: Scope) => Promise<unknown> {
  return async (scope) => {
    try {
      const running = run(watched(scope, line));
      const value = await (Array.isArray(running) ? Promise.all(running) : running);
      if (line.lost === null) return value;
    } catch (error) {
      if (line.lost === null) throw error;
    }
    line.onLost(line.lost);
    // Neither COMMIT nor ROLLBACK may be asked for any more: the database has rolled back, and the line is another's.
    return new Promise(() => {});
  };
}

/** The same scope: each of its statements notes that the line was lost, and is refused from then on. */
function watched(scope: Scope, line: Line): Scope {
  return new Proxy(scope, {
    apply: (target, self, args) => watch(Reflect.apply(target, self, args), line),
    get(target, key) {
      if (key === 'unsafe') {
        const unsafe = target.unsafe as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => watch(unsafe(...args), line);
      }
      if (key === 'savepoint') {
        const savepoint = target.savepoint as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          if (line.lost !== null) throw line.lost;
          return await savepoint(...args.slice(0, -1), onLine(args.at(-1) as Run, line));
        };
      }
      return Reflect.get(target, key);
    },
  });
}

function watch<T>(made: T, line: Line): T {
  if (!(made instanceof Promise)) return made;
  const statement = made as unknown as Statement;
  const { handler, reject } = statement;
  statement.reject = (error) => {
    if (isLoss(error)) line.lost ??= error;
    reject(error);
  };
  statement.handler = (asked) => (line.lost === null ? handler(asked) : reject(line.lost));
  return made;
}
