import { describe, expect, test } from 'vitest';
import { type Act, type Acts, audienceOf, can, isStaff, policy } from '../../server/access/policy.ts';
import { actScopes, isReading, scopes } from '../../server/access/scopes.ts';
import { clientRoles, type Role, roles, type Viewer, viewerFrom } from '../../server/access/viewer.ts';
import { type Kind, matches, placesOf } from './places.ts';

const me = 'person-me';
function viewerOf(role: Role): Viewer {
  const isOfAccount = clientRoles.some((one) => one === role) && role !== 'PARTNER';
  const accountId = isOfAccount ? 'account-1' : null;
  return viewerFrom({ personId: me, sessionId: 's', role, accountId, attachedTo: ['project-1'] });
}

type Cell = readonly string[];
const no: Cell = [];
const all: Cell = ['*'];
/** In both projects of one's account, and, for a partner, in the one that they are attached to. */
const own: Cell = ['own', 'sibling'];
const att: Cell = ['own'];
const ownC: Cell = ['own/client', 'sibling/client'];
const attC: Cell = ['own/client'];
const our: Cell = ['*/company'];
/** The company's turn, and a third party's, for which staff speak. */
const ofUs: Cell = ['*/company', '*/third'];
const not3: Cell = ['*/client', '*/company'];
const ownS: Cell = ['own/*Shared', 'sibling/*Shared'];
const attS: Cell = ['own/*Shared'];
const ownMy: Cell = ['own/mineShared', 'sibling/mineShared'];
const attMy: Cell = ['own/mineShared'];
const my: Cell = ['*/mine*'];
const seenP: Cell = ['*/notDelivered', '*/byMeForThem', '*/byThem', '*/askedOfMe'];
const seenC: Cell = [...seenP, '*/askedOfContributors'];
const seen: Cell = [...seenC, '*/askedOfManagerOfProject', '*/askedOfManagers'];
const ownF: Cell = ['own/myUnfinished', 'own/theirFinished', 'sibling/myUnfinished', 'sibling/theirFinished'];
const attF: Cell = ['own/myUnfinished', 'own/theirFinished'];
const vis: Cell = ['own', 'internal', 'sibling'];
/** What is shared, in whichever account: in a draft nothing is handed over yet. */
const sha: Cell = ['own', 'sibling', 'foreign', 'draft'];
const shaC: Cell = ['own/client', 'sibling/client', 'foreign/client'];
const team: Cell = ['ownMember', 'ownLead', 'staff*'];
const near: Cell = ['partnerHere', 'staff*'];
const acct: Cell = ['ownMember', 'ownLead'];
const cli: Cell = ['own*', 'foreign*', 'partner*'];
const mgr: Cell = [...cli, 'staffContributor', 'staffPm'];
const roleL: Cell = ['member>lead', 'lead>member'];
const roleP: Cell = [...roleL, 'foreign>lead', 'partner>partner'];
const roleM: Cell = [...roleP, 'contributor>pm'];
const roleA: Cell = [...roleM, 'pm>admin', 'admin>pm'];
const tok: Cell = ['mine'];
const wrk: Cell = ['staffContributor', 'staffPm', 'staffManager', 'staffAdmin'];

/**
 * What is left in a project that is closed or cancelled of what was possible: a row per act of a project, for the
 * client's side and for staff. Reading stays whole.
 */
const [stays, ends] = [true, false];
// biome-ignore format: a table is read by its columns
const whenOver = {
  //                          client staff
  'partner.attach':          [ends,  stays],
  'project.read':            [stays, stays],
  'project.edit':            [ends,  stays],
  'project.move':            [ends,  stays],
  'project.assignPm':        [ends,  stays],
  'project.overrideHealth':  [ends,  stays],
  'project.readStaffFields': [stays, stays],
  'project.readMoney':       [stays, stays],
  'project.editMoney':       [ends,  stays],
  'milestone.signOff':       [ends,  ends],
  'milestone.rate':          [stays, ends],
  'milestone.readRatings':   [stays, stays],
  'firstLook.suggest':       [ends,  ends],
  'task.read':               [stays, stays],
  'task.create':             [ends,  ends],
  'task.edit':               [ends,  ends],
  'task.setVisibility':      [ends,  stays],
  'task.start':              [ends,  ends],
  'task.complete':           [ends,  ends],
  'task.waive':              [ends,  ends],
  'task.reopen':             [ends,  ends],
  'task.cancel':             [ends,  ends],
  'task.flagStuck':          [ends,  ends],
  'task.promise':            [ends,  ends],
  'task.assign':             [ends,  ends],
  'task.submit':             [ends,  ends],
  'task.review':             [ends,  ends],
  'handover.make':           [ends,  ends],
  'handover.read':           [stays, stays],
  'handover.end':            [stays, stays],
  'submission.read':         [stays, stays],
  'check.run':               [ends,  ends],
  'approval.give':           [ends,  ends],
  'credentials.submit':      [ends,  ends],
  'credentials.reveal':      [ends,  stays],
  'meeting.arrange':         [ends,  ends],
  'comment.read':            [stays, stays],
  'comment.addShared':       [stays, stays],
  'comment.addInternal':     [stays, stays],
  'comment.edit':            [stays, stays],
  'comment.delete':          [stays, stays],
  'comment.react':           [stays, stays],
  'comment.resolve':         [stays, stays],
  'comment.readSeenBy':      [stays, stays],
  'note.read':               [stays, stays],
  'note.edit':               [ends,  stays],
} as const;

/** The same table as the policy's, said a second time and as places: a row per act, a column per role. */
// biome-ignore format: a table is read by its columns
const table: { [A in Act]: readonly [Kind, ...Cell[]] } = {
  //                                      VIEWER SPONSOR MEMBER LEAD  PARTNER CONTR PM    MANAGER DIRECTOR ADMIN
  'company.edit':              ['none',    no,    no,    no,    no,    no,    no,   no,    no,    no,      all],
  'audit.read':                ['none',    no,    no,    no,    no,    no,    no,   no,    all,   all,     all],
  'person.read':               ['person',  team,  team,  team,  team,  near,  all,  all,   all,   all,     all],
  'person.invite':             ['person',  no,    no,    no,    acct,  no,    no,   cli,   mgr,   no,      all],
  'person.changeRole':         ['role',    no,    no,    no,    roleL, no,    no,   roleP, roleM, no,      roleA],
  'person.remove':             ['person',  no,    no,    no,    acct,  no,    no,   cli,   mgr,   no,      all],
  'person.viewAs':             ['person',  no,    no,    no,    no,    no,    cli,  cli,   cli,   cli,     cli],
  'account.merge':             ['account', no,    no,    no,    no,    no,    no,   no,    all,   no,      all],
  'account.read':              ['account', no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'partner.attach':            ['project', no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'token.create':              ['none',    all,   all,   all,   all,   all,   all,  all,   all,   all,     all],
  'token.createApp':           ['none',    no,    no,    no,    no,    no,    no,   no,    no,    no,      all],
  'token.revoke':              ['owner',   tok,   tok,   tok,   tok,   tok,   tok,  tok,   tok,   tok,     all],
  'inbox.read':                ['none',    all,   all,   all,   all,   all,   all,  all,   all,   all,     all],
  'template.read':             ['none',    no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'template.edit':             ['none',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'journey.read':              ['none',    no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'journey.edit':              ['none',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'journey.vote':              ['none',    no,    no,    no,    no,    no,    all,  all,   all,   no,      all],
  'journey.comment':           ['none',    no,    no,    no,    no,    no,    all,  all,   all,   no,      all],
  'day.read':                  ['none',    no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'workload.read':             ['owner',   no,    no,    no,    no,    no,    tok,  tok,   all,   all,     all],
  'overview.read':             ['none',    no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'overview.export':           ['none',    no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'view.save':                 ['none',    no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'project.create':            ['none',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'project.read':              ['project', vis,   vis,   vis,   vis,   ['own', 'internal'], all, all, all, all, all],
  'project.edit':              ['project', no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'project.move':              ['project', no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'project.assignPm':          ['project', no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'project.overrideHealth':    ['project', no,    no,    no,    no,    no,    no,   no,    all,   no,      all],
  'project.readStaffFields':   ['project', no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'overview.readMoney':        ['none',    no,    no,    no,    no,    no,    no,   all,   all,   all,     all],
  'project.readMoney':         ['project', no,    no,    no,    no,    no,    no,   all,   all,   all,     all],
  'project.editMoney':         ['project', no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'milestone.signOff':         ['project', no,    vis,   no,    vis,   no,    no,   no,    no,    no,      no],
  'milestone.rate':            ['project', vis,   vis,   vis,   vis,   no,    no,   no,    no,    no,      no],
  'milestone.readRatings':     ['project', no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'firstLook.suggest':         ['project', no,    no,    vis,   vis,   ['own', 'internal'], all, all, all, no, all],
  'firstLook.setDefaults':     ['none',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'task.read':                 ['task',    own,   own,   own,   own,   att,   all,  all,   all,   all,     all],
  'task.create':               ['project', no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'task.edit':                 ['task',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'task.setVisibility':        ['task',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'task.start':                ['work',    no,    no,    ownC,  ownC,  attC,  all,  all,   all,   no,      all],
  'task.complete':             ['work',    no,    no,    ownC,  ownC,  attC,  not3, all,   all,   no,      all],
  'task.waive':                ['task',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'task.reopen':               ['task',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'task.cancel':               ['task',    no,    no,    no,    no,    no,    no,   all,   all,   no,      all],
  'task.flagStuck':            ['task',    no,    no,    own,   own,   att,   all,  all,   all,   no,      all],
  'task.promise':              ['turn',    no,    ownC,  ownC,  ownC,  attC,  ofUs,  ofUs,  ofUs,  no,      ofUs],
  'task.assign':               ['work',    no,    no,    no,    ownC,  no,    all,  all,   all,   no,      all],
  'task.submit':               ['work',    no,    no,    ownC,  ownC,  attC,  all,  all,   all,   no,      all],
  'task.review':               ['review',  no,    no,    no,    no,    no,    seenC, seenP, seen, no,      seen],
  'handover.make':             ['work',    no,    no,    ownC,  ownC,  no,    shaC, shaC,  shaC,  no,      shaC],
  'handover.read':             ['task',    own,   own,   own,   own,   no,    sha,  sha,   sha,   sha,     sha],
  'handover.end':              ['task',    no,    no,    vis,   vis,   no,    all,  all,   all,   no,      all],
  'check.run':                 ['work',    no,    no,    ownC,  ownC,  attC,  all,  all,   all,   no,      all],
  'submission.read':           ['file',    ownF,  ownF,  ownF,  ownF,  attF,  all,  all,   all,   all,     all],
  'approval.give':             ['work',    no,    ownC,  no,    ownC,  no,    no,   our,   our,   no,      our],
  'approval.delegate':         ['person',  no,    acct,  no,    acct,  no,    wrk,  wrk,   wrk,   no,      wrk],
  'credentials.submit':        ['work',    no,    no,    ownC,  ownC,  no,    all,  all,   all,   no,      all],
  'credentials.reveal':        ['task',    no,    no,    no,    no,    no,    all,  all,   all,   no,      all],
  'meeting.arrange':           ['task',    no,    no,    own,   own,   att,   all,  all,   all,   no,      all],
  'comment.read':              ['comment', ownS,  ownS,  ownS,  ownS,  attS,  all,  all,   all,   all,     all],
  'comment.addShared':         ['task',    no,    own,   own,   own,   att,   ['own', 'sibling', 'foreign', 'draft'], ['own', 'sibling', 'foreign', 'draft'], ['own', 'sibling', 'foreign', 'draft'], no, ['own', 'sibling', 'foreign', 'draft']],
  'comment.addInternal':       ['task',    no,    no,    no,    no,    no,    all,  all,   all,   no,      all],
  'comment.edit':              ['comment', no,    ownMy, ownMy, ownMy, attMy, my,   my,    my,    no,      my],
  'comment.delete':            ['comment', no,    ownMy, ownMy, ownMy, attMy, my,   my,    my,    no,      my],
  'comment.react':             ['comment', no,    ownS,  ownS,  ownS,  attS,  all,  all,   all,   no,      all],
  'comment.resolve':           ['comment', no,    ownS,  ownS,  ownS,  attS,  all,  all,   all,   no,      all],
  'comment.readSeenBy':        ['task',    no,    no,    no,    no,    no,    all,  all,   all,   all,     all],
  'note.read':                 ['comment', ownS,  ownS,  ownS,  ownS,  attS,  all,  all,   all,   all,     all],
  'note.edit':                 ['comment', no,    no,    ownS,  ownS,  attS,  all,  all,   all,   no,      all],
};

const acts = Object.keys(policy) as Act[];

describe.each(acts)('%s', (act) => {
  test.each(roles)('%s may do it exactly where the table says', (role) => {
    const [kind, ...cells] = table[act];
    const cell = cells[roles.indexOf(role)] ?? no;
    const places = Object.entries(placesOf(kind, me));
    const allowed = places.filter(([, facts]) => can(viewerOf(role), act, facts as Acts[typeof act]));
    const expected = places.filter(([name]) => cell.some((pattern) => matches(name, pattern)));
    expect(allowed.map(([name]) => name)).toEqual(expected.map(([name]) => name));
  });
});

test('every act has its row in this table, every role its column there and in the policy', () => {
  expect(Object.keys(table).sort()).toEqual([...acts].sort());
  for (const act of acts) {
    expect([act, table[act].length]).toEqual([act, roles.length + 1]);
    expect(Object.keys(policy[act]).sort()).toEqual([...roles].sort());
  }
});

test('no pattern of the table is for nothing', () => {
  const idle = acts.flatMap((act) => {
    const [kind, ...cells] = table[act];
    const names = Object.keys(placesOf(kind, me));
    return cells.flat().filter((pattern) => !names.some((name) => matches(name, pattern)));
  });
  expect([...new Set(idle)]).toEqual([]);
});

const everywhere = (act: Act) => Object.values(placesOf(table[act][0], me)) as Acts[Act][];

describe('what a token leaves of the rights', () => {
  const admin = viewerOf('ADMIN');
  const token = (given: readonly string[], only: Partial<Viewer['token']> = {}): Viewer => ({
    ...admin,
    token: { id: 't', scopes: given as never, accountIds: null, projectIds: null, ...only },
  });

  test.each(acts)('%s needs its own scope, or that of writing where it reads', (act) => {
    const scope = actScopes[act];
    const opening = scope === null ? [] : [scope, scope.replace(':read', ':write')];
    for (const facts of everywhere(act)) {
      for (const given of scopes) {
        const wanted = opening.includes(given) && can(admin, act, facts as never);
        expect([given, can(token([given]), act, facts as never)]).toEqual([given, wanted]);
      }
      expect(can(token([]), act, facts as never)).toBe(false);
    }
  });

  test.each(acts)('%s: a token for one account or project does nothing elsewhere', (act) => {
    for (const facts of everywhere(act)) {
      const place = { accountId: undefined, projectId: undefined, ...(facts as object | null) };
      const ofAccount = can(token(scopes, { accountIds: ['account-1'] }), act, facts as never);
      const ofProject = can(token(scopes, { projectIds: ['project-3'] }), act, facts as never);
      if (place.accountId !== 'account-1') expect(ofAccount).toBe(false);
      if (place.projectId !== 'project-3') expect(ofProject).toBe(false);
    }
  });
});

test.each(acts)('%s: who looks through the eyes of another changes nothing, and reads what the other reads', (act) => {
  for (const role of roles) {
    const viewer = viewerOf(role);
    for (const facts of everywhere(act)) {
      const wanted = isReading(act) && can(viewer, act, facts as never);
      expect(can({ ...viewer, viewedBy: 'person-pm' }, act, facts as never)).toBe(wanted);
    }
  }
});

test('only staff read the internal side of the log', () => {
  const internal = roles.filter((role) => audienceOf(viewerOf(role)) === 'INTERNAL');
  expect(internal).toEqual(['CONTRIBUTOR', 'PM', 'MANAGER', 'DIRECTOR', 'ADMIN']);
  expect(roles.filter((role) => isStaff({ role }))).toEqual(internal);
});

describe('a project that is over', () => {
  const ofProjects = (Object.keys(table) as Act[]).filter((act) =>
    Object.values(placesOf(table[act][0], me)).some((facts) => facts !== null && 'isOver' in facts),
  );

  test('every act on something of a project has its row', () => {
    expect(Object.keys(whenOver).sort()).toEqual([...ofProjects].sort());
  });

  test.each(ofProjects)('%s: what is left of it, for each of the ten roles at every place', (act) => {
    const [client, staff] = whenOver[act as keyof typeof whenOver];
    for (const role of roles) {
      const viewer = viewerOf(role);
      for (const [name, facts] of Object.entries(placesOf(table[act][0], me))) {
        const before = can(viewer, act, facts as Acts[Act]);
        const after = can(viewer, act, { ...facts, isOver: true } as Acts[Act]);
        expect([role, name, after]).toEqual([role, name, before && (isStaff(viewer) ? staff : client)]);
      }
    }
  });
});
