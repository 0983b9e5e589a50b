import { pino } from 'pino';
import { noteLines } from '../../../server/notes/appender.ts';
import { memoryBus } from '../../../server/platform/bus/memoryBus.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { createCoEditing } from '../../../server/platform/coEditing.ts';
import { connectDatabase } from '../../../server/platform/database/connect.ts';
import { migrateDatabase } from '../../../server/platform/database/migrate.ts';
import { createConnections } from '../../../server/platform/http/connections.ts';
import { createSecrets } from '../../../server/platform/secrets/secrets.ts';
import type { Services } from '../../../server/platform/services.ts';
import { testConfig } from '../../support/config.ts';

type Where = { dataDir: string; databaseUrl: string | null; logLevel: string };

/** What notes ask of a server, on a migrated database, without the rest of the product. */
export async function notesServices({ dataDir, databaseUrl, logLevel }: Where) {
  const config = testConfig(dataDir, databaseUrl);
  const database = await connectDatabase(config);
  await migrateDatabase(database.sql);
  const bus = memoryBus();
  const services = {
    config,
    clock: systemClock,
    db: database.db,
    noteLines: noteLines(database),
    bus,
    connections: createConnections(bus),
    coEditing: createCoEditing(),
    secrets: createSecrets(Buffer.from(config.masterKey ?? '', 'base64url')),
    publicOrigin: () => 'http://127.0.0.1',
    log: pino({ level: logLevel }, process.stderr),
  } as unknown as Services;
  return { services, close: () => database.close() };
}
