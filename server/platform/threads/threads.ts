import { Worker } from 'node:worker_threads';

/*
 * Heavy work off the main loop: a few threads, each with some tasks at a time, since most of a task is waiting for
 * bytes. A task speaks with whoever started it while it runs, and answers once. A thread that dies (too much memory, a
 * bug) takes its tasks along and nothing else: they reject with `ThreadEnded`, and the next task gets a new thread.
 */
export type Threads = {
  start(kind: string, order: unknown, options?: TaskOptions): Task;
  /** Threads that run now, for health and tests. */
  size(): number;
  /** Ends every task with `TaskCancelled`. */
  close(): Promise<void>;
};

export type TaskOptions = {
  onMessage?: (message: unknown) => void;
  /** In a thread of its own, so that what kills it takes nobody along. */
  isAlone?: boolean;
};

export type Task = {
  /** What it answered. Rejects with `TaskCancelled`, `ThreadEnded`, or the error that it threw. */
  readonly result: Promise<unknown>;
  tell(message: unknown): void;
  cancel(): void;
};

export class TaskCancelled extends Error {}
export class ThreadEnded extends Error {}

export type ToThread =
  | { kind: 'start'; taskId: number; name: string; order: unknown }
  | { kind: 'tell'; taskId: number; message: unknown }
  | { kind: 'cancel'; taskId: number };
export type FromThread =
  | { kind: 'told'; taskId: number; message: unknown }
  | { kind: 'answered'; taskId: number; answer: unknown }
  | { kind: 'threw'; taskId: number; message: string; stack: string | undefined };

type Pending = {
  taskId: number;
  name: string;
  order: unknown;
  isAlone: boolean;
  onMessage: (message: unknown) => void;
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
  /** Told before a thread took it. */
  early: unknown[];
  thread: Thread | null;
};
type Thread = { worker: Worker; tasks: Map<number, Pending>; isAlone: boolean };

const tasksPerThread = 8;
/** Of JavaScript objects; bytes of files are not among them. */
const usualMemoryMb = 768;
/** What lives only for a chunk is most of it: a large nursery would only be a larger footprint. */
const youngMb = 8;

/** `entry` is a module that calls `serveTasks`; threads are started when the first task needs one. */
export function createThreads(entry: URL, size: number, memoryMb = usualMemoryMb): Threads {
  const threads = new Set<Thread>();
  const waiting: Pending[] = [];
  let lastId = 0;
  let isClosed = false;

  function open(isAlone: boolean): Thread {
    const worker = new Worker(entry, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    const thread: Thread = { worker, tasks: new Map(), isAlone };
    worker.on('message', (message: FromThread) => hear(thread, message));
    worker.on('error', (error) => end(thread, error));
    worker.on('exit', () => end(thread, null));
    // A thread without a task does not keep the process alive.
    worker.unref();
    threads.add(thread);
    return thread;
  }

  function end(thread: Thread, error: Error | null): void {
    if (!threads.delete(thread)) return;
    for (const task of thread.tasks.values()) {
      task.reject(new ThreadEnded(error?.message ?? 'thread ended', { cause: error }));
    }
    thread.tasks.clear();
    pump();
  }

  function hear(thread: Thread, message: FromThread): void {
    const task = thread.tasks.get(message.taskId);
    if (!task) return;
    if (message.kind === 'told') {
      task.onMessage(message.message);
      return;
    }
    release(thread, task);
    if (message.kind === 'answered') task.resolve(message.answer);
    else task.reject(Object.assign(new Error(message.message), { stack: message.stack }));
  }

  function release(thread: Thread, task: Pending): void {
    thread.tasks.delete(task.taskId);
    if (thread.tasks.size === 0) thread.worker.unref();
    if (thread.isAlone) {
      threads.delete(thread);
      void thread.worker.terminate();
    }
    pump();
  }

  /** Gives what waits to the thread that has least to do. */
  function pump(): void {
    while (waiting.length > 0 && !isClosed) {
      const next = waiting[0] as Pending;
      const thread = threadFor(next);
      if (!thread) return;
      waiting.shift();
      next.thread = thread;
      thread.tasks.set(next.taskId, next);
      thread.worker.ref();
      send(thread, { kind: 'start', taskId: next.taskId, name: next.name, order: next.order });
      for (const message of next.early.splice(0)) send(thread, { kind: 'tell', taskId: next.taskId, message });
    }
  }

  function threadFor({ isAlone }: Pending): Thread | null {
    if (isAlone) return open(true);
    const shared = [...threads].filter((thread) => !thread.isAlone).sort((a, b) => a.tasks.size - b.tasks.size);
    const [idlest] = shared;
    if (idlest && (idlest.tasks.size === 0 || shared.length >= size)) {
      return idlest.tasks.size < tasksPerThread ? idlest : null;
    }
    return open(false);
  }

  function send(thread: Thread, message: ToThread): void {
    thread.worker.postMessage(message);
  }

  return {
    start(kind, order, { onMessage = () => {}, isAlone = false } = {}) {
      let settle: Pick<Pending, 'resolve' | 'reject'> | undefined;
      const result = new Promise<unknown>((resolve, reject) => {
        settle = { resolve, reject };
      });
      // Whoever lets go of a task need not hear how it ended.
      result.catch(() => {});
      const { resolve, reject } = settle as Pick<Pending, 'resolve' | 'reject'>;
      const taskId = ++lastId;
      const pending: Pending = {
        ...{ taskId, name: kind, order, isAlone, onMessage, resolve, reject },
        early: [],
        thread: null,
      };
      if (isClosed) reject(new TaskCancelled());
      else {
        waiting.push(pending);
        pump();
      }
      return {
        result,
        tell(message) {
          if (pending.thread) send(pending.thread, { kind: 'tell', taskId, message });
          else pending.early.push(message);
        },
        cancel() {
          reject(new TaskCancelled());
          const at = waiting.indexOf(pending);
          if (at >= 0) waiting.splice(at, 1);
          const { thread } = pending;
          if (!thread?.tasks.has(taskId)) return;
          send(thread, { kind: 'cancel', taskId });
          release(thread, pending);
        },
      };
    },
    size: () => threads.size,
    async close() {
      isClosed = true;
      for (const task of waiting.splice(0)) task.reject(new TaskCancelled());
      const ending = [...threads];
      for (const thread of ending) for (const task of thread.tasks.values()) task.reject(new TaskCancelled());
      await Promise.all(ending.map((thread) => thread.worker.terminate()));
    },
  };
}
