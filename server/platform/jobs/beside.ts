/**
 * Long work beside the job queue, whose jobs are short: some of it at once, each subject once at a time. A subject that is
 * asked for while it runs runs once more after that. What is remembered here can be lost: the rows say what is wanted.
 */
export type Beside = {
  add(id: string): void;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
};

/** `work` ends early by itself when `stop` is aborted; from then on nothing begins, and no failure is told. */
export function createBeside(
  { maxAtOnce, stop, onError }: { maxAtOnce: number; stop: AbortSignal; onError: (error: unknown, id: string) => void },
  work: (id: string) => Promise<void>,
): Beside {
  const waiting: string[] = [];
  const running = new Map<string, Promise<void>>();

  function pump(): void {
    while (!stop.aborted && running.size < maxAtOnce) {
      const at = waiting.findIndex((id) => !running.has(id));
      const [next] = at < 0 ? [] : waiting.splice(at, 1);
      if (next === undefined) return;
      const run = work(next)
        .catch((error: unknown) => {
          if (!stop.aborted) onError(error, next);
        })
        .finally(() => {
          running.delete(next);
          pump();
        });
      running.set(next, run);
    }
  }

  return {
    add(id) {
      if (!waiting.includes(id)) waiting.push(id);
      pump();
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}
