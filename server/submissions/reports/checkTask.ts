import type { Services } from '../../platform/services.ts';
import type { Task } from '../../platform/threads/threads.ts';
import type { Progress } from '../validation/types.ts';
import type { CheckOrder, CheckProgress } from './order.ts';

/** What a signal on `check:<submission>` says while a file is read. */
export type CheckSignal = { progress: Progress };
/** On `checks`: somebody wants to hear how far it is. */
export type CheckAsked = { submissionId: string };

/** Has a thread read a file, and tells whoever watches its submission how far it is. */
export function startCheckTask(services: Services, submissionId: string, order: CheckOrder, isAlone: boolean): Task {
  const topic = `check:${submissionId}` as const;
  let told: Progress | null = null;
  const tell = (progress: Progress) => services.bus.signal(topic, { progress } satisfies CheckSignal);
  const task = services.threads.start('check', order, {
    isAlone,
    onMessage(message) {
      told = (message as CheckProgress).progress;
      tell(told);
    },
  });
  const stopTelling = services.bus.on('checks', (payload) => {
    if ((payload as CheckAsked).submissionId === submissionId && told) tell(told);
  });
  services.bus.ring(topic);
  task.result.catch(() => {}).finally(stopTelling);
  return task;
}
