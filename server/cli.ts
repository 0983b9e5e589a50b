import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { addCheck } from './cli/check.ts';
import { readConfig } from './config.ts';
import { words } from './words/en.ts';

// Each command loads what it needs: a check of a file has no use for the API.
const say = words.cli;
const program = new Command('slipway').description(say.about());

program
  .command('schema')
  .description(say.schema())
  .action(async () => {
    const { emitSchema } = await import('./schema.ts');
    writeFileSync(fileURLToPath(new URL('../schema.graphql', import.meta.url)), emitSchema());
  });

program
  .command('migrate')
  .description(say.migrate())
  .action(async () => {
    const { connectDatabase } = await import('./platform/database/connect.ts');
    const { migrateDatabase } = await import('./platform/database/migrate.ts');
    // Joins a running server's embedded database instead of opening the directory a second time.
    const database = await connectDatabase(readConfig(process.env), { joinRunning: true });
    await migrateDatabase(database.sql);
    await database.close();
  });

addCheck(program);

await program.parseAsync();
