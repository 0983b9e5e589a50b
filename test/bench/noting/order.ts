import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compiledOf } from '../../../server/platform/threads/compiled.mjs';
import type { Look, LookOutcome, Order, Outcome, Told, Trace, TraceOutcome } from './load.ts';
import type { Side } from './sides.ts';
import type { Typing, TypingOutcome } from './typing.ts';

/** What was done, and what it took of the server's processor between the moments that the generator named. */
export type Done<T> = { outcome: T; serverMs: number; databaseMs: number };

const generator = fileURLToPath(await compiledOf(new URL('./load.ts', import.meta.url)));

/** Whatever takes longer does not end at all. */
const patienceMs = 120_000;

/** Has the generator carry an order out against a side. `onEnd` runs at its end, while it still goes on. */
export function carryOut(side: Side, order: Typing, onEnd?: () => Promise<void>): Promise<Done<TypingOutcome>>;
export function carryOut(side: Side, order: Trace): Promise<Done<TraceOutcome>>;
export function carryOut(side: Side, order: Look): Promise<Done<LookOutcome>>;
export function carryOut(side: Side, order: Order, onEnd = async () => {}): Promise<Done<Outcome>> {
  const child = fork(generator, [], { execArgv: [] });
  let before = side.cpuMs();
  let after = before;
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${order.kind} on ${side.name} did not end within ${patienceMs / 1_000} s.`));
    }, patienceMs);
    child.on('message', (told: Told) => {
      if ('outcome' in told) {
        const [serverMs, databaseMs] = [after.server - before.server, after.database - before.database];
        return resolve({ outcome: told.outcome, serverMs, databaseMs });
      }
      if (told.moment === 'begin') before = side.cpuMs();
      else after = side.cpuMs();
      const goOn = () => void child.send('go on');
      if (told.moment === 'begin') goOn();
      else onEnd().then(goOn, reject);
    });
    child.once('exit', () => clearTimeout(tooLong));
    child.once('exit', (code) => code !== 0 && reject(new Error(`The generator ended with ${code} on ${side.name}.`)));
    child.send(order);
  });
}
