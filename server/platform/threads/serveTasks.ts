import { parentPort, type Transferable } from 'node:worker_threads';
import type { FromThread, ToThread } from './threads.ts';

/** A task's end of the line to whoever started it. */
export type TaskLine = {
  /** Aborted when the task is cancelled. */
  readonly signal: AbortSignal;
  tell(message: unknown, transfer?: Transferable[]): void;
  /** What is told before anybody listens waits. */
  onMessage(listener: (message: unknown) => void): void;
};
export type TaskHandlers = Readonly<Record<string, (order: never, line: TaskLine) => Promise<unknown>>>;

type Running = { abort: AbortController; hear: (message: unknown) => void };

/** Runs in a thread: does the tasks of these kinds that the main thread starts. */
export function serveTasks(handlers: TaskHandlers): void {
  const port = parentPort;
  if (!port) throw new Error('Tasks are served in a thread.');
  const running = new Map<number, Running>();
  const send = (message: FromThread, transfer: Transferable[] = []) => port.postMessage(message, transfer);

  port.on('message', (message: ToThread) => {
    if (message.kind === 'tell') return running.get(message.taskId)?.hear(message.message);
    if (message.kind === 'cancel') {
      running.get(message.taskId)?.abort.abort();
      running.delete(message.taskId);
      return;
    }
    void run(message);
  });

  async function run({ taskId, name, order }: Extract<ToThread, { kind: 'start' }>): Promise<void> {
    const abort = new AbortController();
    const early: unknown[] = [];
    const task: Running = { abort, hear: (message) => void early.push(message) };
    running.set(taskId, task);
    const line: TaskLine = {
      signal: abort.signal,
      tell: (message, transfer) => send({ kind: 'told', taskId, message }, transfer),
      onMessage(listener) {
        task.hear = listener;
        for (const message of early.splice(0)) listener(message);
      },
    };
    try {
      const handler = handlers[name];
      if (!handler) throw new Error(`No task is called ${name}.`);
      send({ kind: 'answered', taskId, answer: await handler(order as never, line) });
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      send({ kind: 'threw', taskId, message, stack });
    } finally {
      running.delete(taskId);
    }
  }
}
