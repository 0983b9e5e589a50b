import { afterEach, beforeEach, expect, test } from 'vitest';
import { createThreads, TaskCancelled, ThreadEnded, type Threads } from '../../server/platform/threads/threads.ts';
import { eventually } from '../support/eventually.ts';

let threads: Threads;
beforeEach(() => {
  threads = createThreads(new URL('./threadTasks.mjs', import.meta.url), 2, 64);
});
afterEach(() => threads.close());

test('a task answers, and what it throws is told to whoever started it', async () => {
  expect(await threads.start('echo', { a: new Uint8Array([1, 2]) }).result).toEqual({ a: new Uint8Array([1, 2]) });
  await expect(threads.start('fail', null).result).rejects.toThrow('broken on purpose');
  await expect(threads.start('unknown', null).result).rejects.toThrow('No task is called unknown');
});

test('many tasks share few threads, and are spoken to one by one, also before they begin', async () => {
  const tasks = Array.from({ length: 30 }, () => threads.start('double', null));
  for (const [at, task] of tasks.entries()) task.tell(at);
  expect(await Promise.all(tasks.map((task) => task.result))).toEqual(tasks.map((_, at) => at * 2));
  expect(threads.size()).toBe(2);
});

test('a cancelled task ends at once, whether it runs or waits, and those beside it go on', async () => {
  const heard: unknown[] = [];
  const running = threads.start('double', null, { onMessage: (message) => heard.push(message) });
  const beside = threads.start('double', null);
  await eventually(() => heard.length > 0);
  running.cancel();
  await expect(running.result).rejects.toBeInstanceOf(TaskCancelled);
  beside.tell(4);
  expect(await beside.result).toBe(8);
});

test('[U4] a thread that dies, or takes too much memory, takes only its own tasks along', async () => {
  const hoarder = threads.start('hoard', null, { isAlone: true });
  const beside = threads.start('double', null);
  await expect(hoarder.result).rejects.toBeInstanceOf(ThreadEnded);
  await expect(threads.start('die', null, { isAlone: true }).result).rejects.toBeInstanceOf(ThreadEnded);
  beside.tell(21);
  expect(await beside.result).toBe(42);
  expect(await threads.start('echo', 'still here').result).toBe('still here');
}, 60_000);

test('closing ends what runs and what waits', async () => {
  const tasks = Array.from({ length: 20 }, () => threads.start('double', null));
  await threads.close();
  const ends = await Promise.allSettled(tasks.map((task) => task.result));
  expect(ends.every((end) => end.status === 'rejected' && end.reason instanceof TaskCancelled)).toBe(true);
  await expect(threads.start('echo', 1).result).rejects.toBeInstanceOf(TaskCancelled);
});
