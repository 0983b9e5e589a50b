import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projects } from '../../drizzle/schema/index.ts';
import { aDomain, aZone, type ChecksWorld, startChecksWorld, withRecord } from './checksWorld.ts';
import { key } from './inputsWorld.ts';

let w: ChecksWorld;
beforeAll(async () => {
  w = await startChecksWorld();
}, 120_000);
afterAll(() => w.close());
beforeEach(() => {
  w.dns.zone = aZone;
});
const noReview = { isReviewWanted: false };

describe('what is looked at when it is handed in', () => {
  test('a record that is missing is refused with expected, found and fix; once it is there, the task is done', async () => {
    const task = await w.task(noReview, aDomain());
    const id = await w.deliver(w.member, task.id, { domain: 'https://Shop.Test/' });
    const refused = await w.seen(w.member, id);
    expect(refused).toMatchObject({
      ...{ version: 1, kind: 'CHECK', state: 'REJECTED', url: null, task: { state: 'CHANGES_REQUESTED' } },
      check: {
        ...{ of: 'DNS', subject: 'shop.test', standing: 'DEGRADED', isRunning: false, hasPassed: false, nextAt: null },
        viewerCan: { checkAgain: true },
        lastRun: {
          ...{ result: 'FAILED', verdict: 'REJECTED', findingCount: 1 },
          findings: [
            {
              ...{ rule: 'DNS-02.missing', severity: 'ERROR', at: 'em.shop.test', expected: 'u1.sender.test' },
              ...{ found: null, fix: 'em.shop.test. CNAME u1.sender.test.', count: 1 },
              marks: [{ at: 'em.shop.test', expected: 'u1.sender.test', fix: 'em.shop.test. CNAME u1.sender.test.' }],
            },
          ],
        },
      },
    });
    w.dns.zone = withRecord;
    expect(await w.again(w.member, id)).toMatchObject({ submission: { check: { isRunning: true } }, userErrors: [] });
    await w.settled(id);
    expect(await w.seen(w.pm, id)).toMatchObject({
      ...{ state: 'ACCEPTED', task: { state: 'DONE' } },
      check: { hasPassed: true, lastRun: { result: 'PASSED', findings: [] }, mended: [{ rule: 'DNS-02.missing' }] },
    });
    const kinds = await w.kindsOf(task.id);
    expect(kinds.slice(kinds.indexOf('submission.finished'))).toEqual([
      'submission.finished',
      'task.submitted',
      'submission.checked',
      'task.rejected',
      'submission.rechecked',
      'submission.checked',
      'task.submitted',
      'task.accepted',
    ]);
  });
});
