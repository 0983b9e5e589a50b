import { describe, expect, test } from 'vitest';
import { type Act, type Acts, audienceOf, can, isStaff, policy } from '../../server/access/policy.ts';
import { type Role, roles, type Viewer } from '../../server/access/viewer.ts';

const ownAccount = 'account-1';
const me = 'person-me';
const viewers: Record<Role, Viewer> = {
  CLIENT_MEMBER: { personId: me, sessionId: 's', role: 'CLIENT_MEMBER', accountId: ownAccount },
  PM: { personId: me, sessionId: 's', role: 'PM', accountId: null },
};

/** Every kind of thing there is to act on, by name; a row below says which of them each role may do the act on. */
const project = { accountId: ownAccount, isDraft: false };
const shared = { ...project, visibility: 'SHARED' as const };
const grounds = {
  own: shared,
  foreign: { ...shared, accountId: 'account-2' },
  draft: { ...shared, isDraft: true },
  internalTask: { ...shared, visibility: 'INTERNAL' as const },
};
type Ground = keyof typeof grounds;
const everyGround = Object.keys(grounds) as Ground[];

/** What varies beside the ground: whose comment, which audience, whose delivery, whose file. */
const variants = {
  none: {},
  clientSide: { side: 'CLIENT' },
  companySide: { side: 'COMPANY' },
  thirdPartySide: { side: 'THIRD_PARTY' },
  mineShared: { audience: 'SHARED', authorId: me },
  mineInternal: { audience: 'INTERNAL', authorId: me },
  theirsShared: { audience: 'SHARED', authorId: 'person-other' },
  theirsInternal: { audience: 'INTERNAL', authorId: 'person-other' },
  notDelivered: { submittedBy: null, isOnBehalf: false },
  deliveredByMe: { submittedBy: me, isOnBehalf: false },
  deliveredByMeForThem: { submittedBy: me, isOnBehalf: true },
  deliveredByThem: { submittedBy: 'person-other', isOnBehalf: false },
  myUnfinished: { createdBy: me, isFinished: false },
  theirUnfinished: { createdBy: 'person-other', isFinished: false },
  theirFinished: { createdBy: 'person-other', isFinished: true },
} as const;
type Variant = keyof typeof variants;

const onWork: Variant[] = ['clientSide', 'companySide', 'thirdPartySide'];
const onComment: Variant[] = ['mineShared', 'mineInternal', 'theirsShared', 'theirsInternal'];
const onNote: Variant[] = ['theirsShared', 'theirsInternal'];
const onReview: Variant[] = ['notDelivered', 'deliveredByMe', 'deliveredByMeForThem', 'deliveredByThem'];
const onFile: Variant[] = ['myUnfinished', 'theirUnfinished', 'theirFinished'];

/** `ground/variant` pairs on which the role may act; everything that is not named is refused. */
type Row = { variants: Variant[]; CLIENT_MEMBER: string[]; PM: string[] };
const on = (places: Ground[], kinds: Variant[]) => places.flatMap((place) => kinds.map((kind) => `${place}/${kind}`));
const nothing: string[] = [];

const table: { [A in Act]: Row } = {
  'overview.read': { variants: ['none'], CLIENT_MEMBER: nothing, PM: on(everyGround, ['none']) },
  'project.create': { variants: ['none'], CLIENT_MEMBER: nothing, PM: on(everyGround, ['none']) },
  'project.read': {
    variants: ['none'],
    CLIENT_MEMBER: on(['own', 'internalTask'], ['none']),
    PM: on(everyGround, ['none']),
  },
  'project.readStaffFields': { variants: ['none'], CLIENT_MEMBER: nothing, PM: on(everyGround, ['none']) },
  'task.read': { variants: ['none'], CLIENT_MEMBER: ['own/none'], PM: on(everyGround, ['none']) },
  'task.start': { variants: onWork, CLIENT_MEMBER: ['own/clientSide'], PM: on(everyGround, onWork) },
  'task.assign': { variants: ['none'], CLIENT_MEMBER: nothing, PM: on(everyGround, ['none']) },
  'task.submit': { variants: onWork, CLIENT_MEMBER: ['own/clientSide'], PM: on(everyGround, onWork) },
  'task.review': {
    variants: onReview,
    CLIENT_MEMBER: nothing,
    PM: on(everyGround, ['notDelivered', 'deliveredByMeForThem', 'deliveredByThem']),
  },
  'submission.read': {
    variants: onFile,
    CLIENT_MEMBER: on(['own'], ['myUnfinished', 'theirFinished']),
    PM: on(everyGround, onFile),
  },
  'comment.read': {
    variants: onComment,
    CLIENT_MEMBER: on(['own'], ['mineShared', 'theirsShared']),
    PM: on(everyGround, onComment),
  },
  'comment.addShared': {
    variants: ['none'],
    CLIENT_MEMBER: ['own/none'],
    PM: on(['own', 'foreign', 'draft'], ['none']),
  },
  'comment.addInternal': { variants: ['none'], CLIENT_MEMBER: nothing, PM: on(everyGround, ['none']) },
  'comment.edit': {
    variants: onComment,
    CLIENT_MEMBER: ['own/mineShared'],
    PM: on(everyGround, ['mineShared', 'mineInternal']),
  },
  'comment.delete': {
    variants: onComment,
    CLIENT_MEMBER: ['own/mineShared'],
    PM: on(everyGround, ['mineShared', 'mineInternal']),
  },
  'note.read': { variants: onNote, CLIENT_MEMBER: ['own/theirsShared'], PM: on(everyGround, onNote) },
  'note.edit': { variants: onNote, CLIENT_MEMBER: ['own/theirsShared'], PM: on(everyGround, onNote) },
};

const acts = Object.keys(policy) as Act[];

describe.each(acts)('%s', (act) => {
  test('has a row in this table', () => {
    expect(Object.keys(table)).toContain(act);
  });

  test.each(roles)('%s may do it exactly where the table says', (role) => {
    const row = table[act];
    const allowed = on(everyGround, row.variants).filter((place) => {
      const [ground, variant] = place.split('/') as [Ground, Variant];
      const facts =
        act === 'overview.read' || act === 'project.create' ? null : { ...grounds[ground], ...variants[variant] };
      return can(viewers[role], act, facts as Acts[typeof act]);
    });
    expect(allowed.sort()).toEqual([...row[role]].sort());
  });
});

test('the table names no act that the policy does not know, and every role has a column', () => {
  expect(Object.keys(table).sort()).toEqual([...acts].sort());
  for (const act of acts) expect(Object.keys(policy[act]).sort()).toEqual([...roles].sort());
});

test('only staff read the internal side of the log', () => {
  expect(audienceOf(viewers.PM)).toBe('INTERNAL');
  expect(audienceOf(viewers.CLIENT_MEMBER)).toBe('SHARED');
  expect([isStaff(viewers.PM), isStaff(viewers.CLIENT_MEMBER)]).toEqual([true, false]);
});
