import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { addCheck } from './cli/check.ts';
import { readConfig } from './config.ts';
import { connectDatabase } from './platform/database/connect.ts';
import { migrateDatabase } from './platform/database/migrate.ts';
import { emitSchema } from './schema.ts';
import { words } from './words/en.ts';

const say = words.cli;
const program = new Command('slipway').description(say.about());

program
  .command('schema')
  .description(say.schema())
  .action(() => {
    writeFileSync(fileURLToPath(new URL('../schema.graphql', import.meta.url)), emitSchema());
  });

program
  .command('migrate')
  .description(say.migrate())
  .action(async () => {
    // Joins a running server's embedded database instead of opening the directory a second time.
    const database = await connectDatabase(readConfig(process.env), { joinRunning: true });
    await migrateDatabase(database.sql);
    await database.close();
  });

addCheck(program);

await program.parseAsync();
