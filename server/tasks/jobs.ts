import { z } from 'zod';
import { transaction } from '../platform/database/transaction.ts';
import type { Services } from '../platform/services.ts';
import { lockRow, settle } from './moving.ts';
import { startsJob } from './planning.ts';

const onTask = z.object({ subjectId: z.uuid() });

/** Registers the job that readies a task on its start day. A second run finds it settled. */
export function taskJobs(services: Services): void {
  services.jobs.handle(startsJob, async (payload) => {
    const { subjectId } = onTask.parse(payload);
    await transaction(services, async (tx) => {
      const task = await lockRow(tx, subjectId);
      if (task) await settle(tx, services, task);
    });
  });
}
