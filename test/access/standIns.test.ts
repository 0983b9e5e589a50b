import { describe, expect, test } from 'vitest';
import { can } from '../../server/access/policy.ts';
import { inPlaceOf } from '../../server/access/standIns.ts';
import { hasSameRights, type Role, type StandIn, viewerFrom } from '../../server/access/viewer.ts';

const account = 'account-1';
const task = {
  projectId: 'project-1',
  accountId: account,
  isDraft: false,
  isOver: false,
  visibility: 'SHARED' as const,
  side: 'CLIENT' as const,
  id: 'task-1',
  assigneeId: null,
  pmId: 'pm',
  reviewerRole: null,
};
const somebody = (role: Role, accountId: string | null, standsIn: StandIn[] = []) =>
  viewerFrom({ personId: 'me', sessionId: 's', role, accountId, standsIn, attachedTo: ['project-1'] });
const of = (role: Role, accountId: string | null, taskId: string | null = null): StandIn => ({
  personId: 'away',
  role,
  accountId,
  taskId,
});

describe('approving in the place of another', () => {
  test.each<[string, Role, string | null, StandIn[], object, boolean]>([
    ['a member alone approves nothing', 'CLIENT_MEMBER', account, [], {}, false],
    ['a member does in the place of their lead', 'CLIENT_MEMBER', account, [of('CLIENT_LEAD', account)], {}, true],
    [
      'and of their sponsor, on the task named',
      'CLIENT_VIEWER',
      account,
      [of('CLIENT_SPONSOR', account, 'task-1')],
      {},
      true,
    ],
    ['but on no other task', 'CLIENT_MEMBER', account, [of('CLIENT_LEAD', account, 'task-2')], {}, false],
    ['not in the place of who may not do it', 'CLIENT_MEMBER', account, [of('CLIENT_MEMBER', account)], {}, false],
    ['not for another account', 'CLIENT_MEMBER', account, [of('CLIENT_LEAD', 'account-2')], {}, false],
    [
      'not on a project of another account',
      'CLIENT_MEMBER',
      account,
      [of('CLIENT_LEAD', account)],
      { accountId: 'account-2' },
      false,
    ],
    [
      'not on what is internal',
      'CLIENT_MEMBER',
      account,
      [of('CLIENT_LEAD', account)],
      { visibility: 'INTERNAL' },
      false,
    ],
    ['not on a draft', 'CLIENT_MEMBER', account, [of('CLIENT_LEAD', account)], { isDraft: true }, false],
    ['not once the project is over', 'CLIENT_MEMBER', account, [of('CLIENT_LEAD', account)], { isOver: true }, false],
    [
      'not what the company approves',
      'CLIENT_MEMBER',
      account,
      [of('CLIENT_LEAD', account)],
      { side: 'COMPANY' },
      false,
    ],
    ['nobody of an agency, whatever was written down', 'PARTNER', null, [of('CLIENT_LEAD', account)], {}, false],
    ['nobody of the company in the place of a client', 'PM', null, [of('CLIENT_LEAD', account)], {}, false],
    ['no client in the place of the company', 'CLIENT_MEMBER', account, [of('PM', null)], { side: 'COMPANY' }, false],
    ['a contributor alone approves nothing', 'CONTRIBUTOR', null, [], { side: 'COMPANY' }, false],
    [
      'a contributor does in the place of the manager',
      'CONTRIBUTOR',
      null,
      [of('PM', null)],
      { side: 'COMPANY' },
      true,
    ],
  ])('%s', (_, role, accountId, standsIn, facts, may) => {
    expect(can(somebody(role, accountId, standsIn), 'approval.give', { ...task, ...facts })).toBe(may);
  });

  test('gives no other right', () => {
    const member = somebody('CLIENT_MEMBER', account, [of('CLIENT_LEAD', account)]);
    expect(can(member, 'task.assign', task)).toBe(false);
    expect(can(member, 'milestone.signOff', task)).toBe(false);
    expect(can(member, 'approval.delegate', { ...member, projectIds: [], personId: 'third' })).toBe(false);
  });

  test('nobody reviews their own delivery, in whoever’s place', () => {
    const worker = somebody('CONTRIBUTOR', null, [of('MANAGER', null)]);
    const review = { ...task, submittedBy: 'me', isOnBehalf: false };
    expect(can(worker, 'task.review', review)).toBe(false);
    expect(can(worker, 'task.review', { ...review, submittedBy: 'other' })).toBe(true);
  });

  test('looking through somebody’s eyes approves nothing', () => {
    const member = somebody('CLIENT_MEMBER', account, [of('CLIENT_LEAD', account)]);
    expect(can({ ...member, viewedBy: 'staff' }, 'approval.give', task)).toBe(false);
  });

  test('an open socket is asked to come anew when it begins and when it ends', () => {
    const alone = somebody('CLIENT_MEMBER', account);
    expect(hasSameRights(alone, somebody('CLIENT_MEMBER', account, [of('CLIENT_LEAD', account)]))).toBe(false);
  });
});

describe('in whose place it is recorded', () => {
  const own = { isOfCompany: false, isOwnRight: true };
  const lead = (standsIn: StandIn[]) => somebody('CLIENT_LEAD', account, standsIn);
  test.each<[string, StandIn[], object, object, string | null]>([
    ['nobody’s without a delegation', [], {}, own, null],
    ['of whoever named them for this task', [of('CLIENT_LEAD', account, 'task-1')], {}, own, 'away'],
    ['of whoever it is assigned to, and is away', [of('CLIENT_LEAD', account)], { assigneeId: 'away' }, own, 'away'],
    ['their own name, where it is asked of them', [of('CLIENT_LEAD', account)], { assigneeId: 'me' }, own, null],
    ['their own name, where they may by themselves', [of('CLIENT_LEAD', account)], {}, own, null],
    [
      'the other’s, where they may not by themselves',
      [of('CLIENT_LEAD', account)],
      {},
      { ...own, isOwnRight: false },
      'away',
    ],
    [
      'of the manager of the project',
      [{ ...of('PM', null), accountId: account }],
      { pmId: 'away' },
      { ...own, isOfCompany: true },
      'away',
    ],
  ])('%s', (_, standsIn, facts, how, wanted) => {
    expect(inPlaceOf(lead(standsIn), { ...task, ...facts }, how as typeof own)).toBe(wanted);
  });
});
