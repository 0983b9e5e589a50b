import type { Role } from '../../server/access/viewer.ts';

/*
 * Every kind of thing there is to act on, by name: the table of the policy names them. The account that looks is
 * account-1 with the projects 1 (where the partner is attached) and 2; account-2 has project 3.
 */
const project = { projectId: 'project-1', accountId: 'account-1', isDraft: false, isOver: false };
const grounds = {
  own: project,
  internal: project,
  sibling: { ...project, projectId: 'project-2' },
  foreign: { ...project, projectId: 'project-3', accountId: 'account-2' },
  draft: { ...project, isDraft: true },
};
const tasks = Object.fromEntries(
  Object.entries(grounds).map(([name, facts]) => [
    name,
    { ...facts, visibility: name === 'internal' ? 'INTERNAL' : 'SHARED' },
  ]),
);

const sides = { client: { side: 'CLIENT' }, company: { side: 'COMPANY' }, third: { side: 'THIRD_PARTY' } };
const turns = { client: { court: 'CLIENT' }, company: { court: 'COMPANY' }, third: { court: 'THIRD_PARTY' } };
const other = 'person-other';
const comments = (me: string) => ({
  mineShared: { audience: 'SHARED', authorId: me },
  mineInternal: { audience: 'INTERNAL', authorId: me },
  theirsShared: { audience: 'SHARED', authorId: other },
  theirsInternal: { audience: 'INTERNAL', authorId: other },
});
const asked = (me: string, reviewerRole: 'PM' | 'CONTRIBUTOR' | 'MANAGER' | null, pmId = other) => ({
  notDelivered: { submittedBy: null, isOnBehalf: false, reviewerRole, pmId },
  byMe: { submittedBy: me, isOnBehalf: false, reviewerRole, pmId },
  byMeForThem: { submittedBy: me, isOnBehalf: true, reviewerRole, pmId },
  byThem: { submittedBy: other, isOnBehalf: false, reviewerRole, pmId },
});
/** What is judged, and who is asked to: nobody in particular, whoever manages the project, or a role. */
const reviews = (me: string) => ({
  ...asked(me, null),
  askedOfMe: { ...asked(me, 'PM', me).byThem },
  askedOfManagerOfProject: { ...asked(me, 'PM').byThem },
  askedOfContributors: { ...asked(me, 'CONTRIBUTOR').byThem },
  askedOfManagers: { ...asked(me, 'MANAGER').byThem },
  askedOfMeAndMine: { ...asked(me, 'PM', me).byMe },
});
const files = (me: string) => ({
  myUnfinished: { createdBy: me, isFinished: false },
  theirUnfinished: { createdBy: other, isFinished: false },
  theirFinished: { createdBy: other, isFinished: true },
});

const somebody = (role: Role, accountId: string | null = null, projectIds: string[] = []) => ({
  role,
  accountId,
  projectIds,
});
const people = {
  ownMember: somebody('CLIENT_MEMBER', 'account-1'),
  ownLead: somebody('CLIENT_LEAD', 'account-1'),
  foreignMember: somebody('CLIENT_MEMBER', 'account-2'),
  partnerHere: somebody('PARTNER', null, ['project-1']),
  partnerElsewhere: somebody('PARTNER', null, ['project-3']),
  staffContributor: somebody('CONTRIBUTOR'),
  staffPm: somebody('PM'),
  staffManager: somebody('MANAGER'),
  staffDirector: somebody('DIRECTOR'),
  staffAdmin: somebody('ADMIN'),
};
const change = (person: object, toRole: Role, personId = other) => ({ ...person, personId, toRole });
const roleChanges = (me: string) => ({
  'member>lead': change(people.ownMember, 'CLIENT_LEAD'),
  'lead>member': change(people.ownLead, 'CLIENT_MEMBER'),
  'foreign>lead': change(people.foreignMember, 'CLIENT_LEAD'),
  'partner>partner': change(people.partnerHere, 'PARTNER'),
  'contributor>pm': change(people.staffContributor, 'PM'),
  'pm>admin': change(people.staffPm, 'ADMIN'),
  'admin>pm': change(people.staffAdmin, 'PM'),
  // Nobody does these: across the line to the company, into or out of being a partner, to oneself.
  'member>pm': change(people.ownMember, 'PM'),
  'pm>member': change(people.staffPm, 'CLIENT_MEMBER'),
  'member>partner': change(people.ownMember, 'PARTNER'),
  'partner>member': change(people.partnerHere, 'CLIENT_MEMBER'),
  'myself>lead': change(people.ownMember, 'CLIENT_LEAD', me),
  'myself>admin': change(people.staffPm, 'ADMIN', me),
});

export type Kind =
  | 'none'
  | 'project'
  | 'task'
  | 'work'
  | 'turn'
  | 'comment'
  | 'review'
  | 'file'
  | 'person'
  | 'role'
  | 'owner'
  | 'account';

/** The facts of every place of a kind, by the place's name. */
export function placesOf(kind: Kind, me: string): Record<string, object | null> {
  switch (kind) {
    case 'none':
      return { anywhere: null };
    case 'project':
      return grounds;
    case 'task':
      return tasks;
    case 'work':
      return crossed(sides);
    case 'turn':
      return crossed(turns);
    case 'comment':
      return crossed(comments(me));
    case 'review':
      return crossed(reviews(me));
    case 'file':
      return crossed(files(me));
    case 'person':
      return people;
    case 'role':
      return roleChanges(me);
    case 'account':
      return { own: { accountId: 'account-1' }, foreign: { accountId: 'account-2' } };
    case 'owner':
      return { mine: { ownerId: me }, theirs: { ownerId: other } };
  }
}

function crossed(variants: Record<string, object>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(tasks).flatMap(([ground, facts]) =>
      Object.entries(variants).map(([variant, more]) => [`${ground}/${variant}`, { ...facts, ...more }]),
    ),
  );
}

/** Whether a place is of a pattern, where `*` stands for anything. */
export function matches(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
}
