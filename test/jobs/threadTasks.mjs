// What the threads of threads.test.ts do.
import { register } from 'tsx/esm/api';

register();
const { serveTasks } = await import('../../server/platform/threads/serveTasks.ts');

serveTasks({
  async echo(order) {
    return order;
  },
  async fail() {
    throw new Error('broken on purpose');
  },
  /** Waits to be told a number and answers it doubled; says that it has begun. */
  double: (_, line) =>
    new Promise((resolve, reject) => {
      line.signal.addEventListener('abort', () => reject(new Error('aborted')));
      line.onMessage((number) => resolve(number * 2));
      line.tell('begun');
    }),
  async die() {
    process.exit(1);
  },
  /** Takes memory until it has no more. */
  async hoard() {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, at) => ({ at })));
  },
});
