import 'reflect-metadata';
import { samplePeople } from './accounts/queries.ts';
import { setUpLink } from './accounts/setUp.ts';
import { type App, createApp } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { postgresCode, unreachable } from './platform/database/errors.ts';
import { DatabaseInUse } from './platform/database/lock.ts';
import { SchemaTooNew } from './platform/database/migrate.ts';
import { words } from './words/en.ts';

/*
 * starting --ready--> serving --signal or uncaught error--> draining --all closed, or 25 s--> ended
 * A signal while starting ends the process at once: opening the database survives that by design.
 */

const drainMs = 25_000;
// One Ctrl-C may arrive twice: from the terminal and through the process that started us.
const sameSignalMs = 500;

const say = words.terminal;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(lines: string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}

/** What a person can mend is told in a line; anything else with its stack. */
function explain(error: unknown, config: Config | null): string[] {
  if (error instanceof ConfigError) return [say.badConfig(), ...error.problems.map((problem) => `  ${problem}`)];
  if (error instanceof DatabaseInUse && config) {
    const { pid, url, startedAt } = error.holder;
    const dataDir = config.dataDir;
    return [url === null ? say.inUse({ dataDir, pid, startedAt }) : say.inUseAt({ dataDir, pid, startedAt, url })];
  }
  if (error instanceof SchemaTooNew) return [say.schemaTooNew()];
  if (config && postgresCode(error) === 'EADDRINUSE') return [say.portInUse({ port: config.port })];
  if (config && postgresCode(error) === 'EACCES') return [say.notAllowed({ reason: String(error) })];
  if (config?.databaseUrl && unreachable(error)) return [say.databaseUnreachable({ reason: String(error) })];
  return [error instanceof Error ? (error.stack ?? String(error)) : String(error)];
}

async function howToSignIn(config: Config, { services }: App): Promise<string> {
  const link = await setUpLink(services);
  if (link !== null) return say.setUp({ link });
  const isSampleOffered = config.publicUrl === null && ((await samplePeople(services)) ?? []).length > 0;
  if (isSampleOffered) return say.signInSample();
  if (config.smtpUrl === null) return say.signInPrinted({ dataDir: config.dataDir });
  return say.signInMail();
}

function onceDrained(app: () => App | null): void {
  let drainingSince: number | null = null;

  async function drain(exitCode: number) {
    const running = app();
    if (running === null) process.exit(exitCode);
    drainingSince = performance.now();
    setTimeout(() => process.exit(1), drainMs).unref();
    try {
      await running.close();
      process.exit(exitCode);
    } catch (error) {
      running.services.log.error({ err: error }, 'closing failed');
      process.exit(1);
    }
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (drainingSince === null) void drain(0);
      else if (performance.now() - drainingSince > sameSignalMs) process.exit(1);
    });
  }
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(kind, (error: unknown) => {
      const running = app();
      if (running === null) fail(explain(error, null));
      running.services.log.fatal({ err: error }, kind);
      // What state the process is in is not known any more: it ends, in order, and whoever runs it starts it again.
      if (drainingSince === null) void drain(1);
    });
  }
}

async function main(): Promise<void> {
  let config: Config | null = null;
  let app: App | null = null;
  onceDrained(() => app);
  try {
    config = readConfig(process.env);
    app = await createApp(config, { isDev: process.argv.includes('--dev'), print });
  } catch (error) {
    fail(explain(error, config));
  }
  print(say.ready({ url: config.publicUrl ?? app.url }));
  print(await howToSignIn(config, app));
}

await main();
