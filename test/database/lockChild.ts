import { createServer } from 'node:net';
import { claimDatabase, DatabaseInUse } from '../../server/platform/database/lock.ts';

/*
 * One of several processes that claim a data directory at the same moment. Says "ready", waits for a line, claims,
 * says "won" or "lost <pid of the winner>", and stays until it is killed.
 */
process.stdout.write('ready\n');
process.stdin.once('data', async () => {
  try {
    await claimDatabase(process.argv[2] ?? '', createServer());
    process.stdout.write('won\n');
  } catch (error) {
    process.stdout.write(error instanceof DatabaseInUse ? `lost ${error.holder.pid}\n` : `failed ${error}\n`);
  }
});
