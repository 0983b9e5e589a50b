import type { Act } from './policy.ts';

const nouns = [
  'projects',
  'tasks',
  'submissions',
  'comments',
  'notes',
  'people',
  'templates',
  'journeys',
  'company',
] as const;

/** What a token may be given: reading, or reading and writing, per noun. */
export const scopes = nouns.flatMap((noun) => [`${noun}:read`, `${noun}:write`] as const);
export type Scope = (typeof scopes)[number];

/** The scope that a token needs for an act; null where no token may. An act that reads says so by its scope. */
export const actScopes: Record<Act, Scope | null> = {
  'company.edit': 'company:write',
  'audit.read': 'company:read',
  'person.read': 'people:read',
  'person.invite': 'people:write',
  'person.changeRole': 'people:write',
  'person.remove': 'people:write',
  'person.viewAs': null,
  'account.read': 'people:read',
  'account.merge': null,
  'partner.attach': 'people:write',
  'token.create': null,
  'token.createApp': null,
  'token.revoke': null,
  'inbox.read': 'tasks:read',
  'template.read': 'templates:read',
  'template.edit': 'templates:write',
  'journey.read': 'journeys:read',
  'journey.edit': 'journeys:write',
  'journey.vote': 'journeys:write',
  'journey.comment': 'journeys:write',
  'day.read': 'tasks:read',
  'workload.read': 'tasks:read',
  'overview.read': 'projects:read',
  'overview.readMoney': 'projects:read',
  'overview.export': 'projects:read',
  'view.save': 'projects:write',
  'project.create': 'projects:write',
  'project.read': 'projects:read',
  'project.edit': 'projects:write',
  'project.move': 'projects:write',
  'project.assignPm': 'projects:write',
  'project.overrideHealth': 'projects:write',
  'project.readStaffFields': 'projects:read',
  'project.readMoney': 'projects:read',
  'project.editMoney': 'projects:write',
  'milestone.signOff': 'projects:write',
  'milestone.rate': 'projects:write',
  'milestone.readRatings': 'projects:read',
  'firstLook.suggest': 'projects:write',
  'firstLook.setDefaults': 'projects:write',
  'task.read': 'tasks:read',
  'task.create': 'tasks:write',
  'task.edit': 'tasks:write',
  'task.setVisibility': 'tasks:write',
  'task.start': 'tasks:write',
  'task.complete': 'tasks:write',
  'task.waive': 'tasks:write',
  'task.reopen': 'tasks:write',
  'task.cancel': 'tasks:write',
  'task.flagStuck': 'tasks:write',
  'task.promise': 'tasks:write',
  'task.assign': 'tasks:write',
  'handover.make': 'people:write',
  'handover.read': 'people:read',
  'handover.end': 'people:write',
  'task.submit': 'submissions:write',
  'task.review': 'submissions:write',
  'submission.read': 'submissions:read',
  'check.run': 'submissions:write',
  'approval.give': 'submissions:write',
  'approval.delegate': null,
  'credentials.submit': 'submissions:write',
  'credentials.reveal': null,
  'meeting.arrange': 'submissions:write',
  'comment.read': 'comments:read',
  'comment.addShared': 'comments:write',
  'comment.addInternal': 'comments:write',
  'comment.edit': 'comments:write',
  'comment.delete': 'comments:write',
  'comment.react': 'comments:write',
  'comment.resolve': 'comments:write',
  'comment.readSeenBy': 'comments:read',
  'note.read': 'notes:read',
  'note.edit': 'notes:write',
};

/** Whether an act changes nothing. */
export function isReading(act: Act): boolean {
  return actScopes[act]?.endsWith(':read') ?? false;
}

type Noun = (typeof nouns)[number];

/** Whether scopes hold one: writing includes reading what is written. */
export function holdsScope(given: readonly Scope[], wanted: Scope): boolean {
  return given.includes(wanted) || given.includes(wanted.replace(':read', ':write') as Scope);
}

/** The first word of a mutation's name, or of a type's, and the noun whose scope it takes; null: no token may. */
const nounOfWord: Readonly<Record<string, Noun | null>> = {
  project: 'projects',
  first: 'projects',
  mock: 'projects',
  phase: 'projects',
  milestone: 'projects',
  overview: 'projects',
  integration: 'projects',
  health: 'projects',
  saved: 'projects',
  view: 'projects',
  court: 'projects',
  change: 'projects',
  search: 'projects',
  excerpt: 'projects',
  task: 'tasks',
  presence: 'tasks',
  inbox: 'tasks',
  input: 'tasks',
  form: 'tasks',
  meeting: 'tasks',
  my: 'tasks',
  workload: 'tasks',
  submission: 'submissions',
  delivery: 'submissions',
  file: 'submissions',
  review: 'submissions',
  report: 'submissions',
  finding: 'submissions',
  validation: 'submissions',
  check: 'submissions',
  repair: 'submissions',
  approval: 'submissions',
  delegation: 'submissions',
  credentials: 'submissions',
  comment: 'comments',
  reaction: 'comments',
  conversation: 'comments',
  talk: 'comments',
  typing: 'comments',
  mention: 'people',
  planned: 'projects',
  process: 'projects',
  hand: 'projects',
  offered: 'templates',
  note: 'notes',
  person: 'people',
  people: 'people',
  member: 'people',
  invitation: 'people',
  partner: 'people',
  account: 'people',
  template: 'templates',
  journey: 'journeys',
  company: 'company',
  holiday: 'company',
  calendar: 'company',
  accent: 'company',
  audit: 'company',
  field: 'company',
};

function nounOf(name: string): Noun | null {
  const [word = ''] = /^[A-Z]?[a-z]+/.exec(name) ?? [];
  return nounOfWord[word.toLowerCase()] ?? null;
}

/** The scope that calling a mutation takes; null where no token may: making tokens, and what hangs on a session. */
export function scopeOfMutation(name: string): Scope | null {
  const noun = nounOf(name);
  return noun && `${noun}:write`;
}

/** What is reached from elsewhere by name and shown whole: whose shop it is, and who did it. A list of them takes its scope. */
const namedOnTheWay = ['Person', 'Account', 'Company', 'Viewer', 'Node'];
/** Types that are part of the thing they stand in, and say nothing of another noun. */
const partOfWhole = /^(PageInfo|Money|Progress|.*ViewerCan|.*Facts|UserError|Node|__.*)$/;

/** The scope that a field of this type takes, be it one or many of them; null where no token may, undefined where it takes none. */
export function scopeOfType(name: string, isMany: boolean): Scope | null | undefined {
  if (partOfWhole.test(name) || (!isMany && namedOnTheWay.includes(name))) return undefined;
  const noun = nounOf(name);
  return noun && `${noun}:read`;
}

/** Plain fields that tell of another noun than the thing they stand on. */
export const scopeOfField: Readonly<Record<string, Scope>> = {
  'Task.commentCount': 'comments:read',
  'InboxItem.excerpt': 'comments:read',
  'Viewer.inboxUnreadCount': 'tasks:read',
  'Viewer.inboxPosition': 'tasks:read',
  'Change.facts': 'tasks:read',
  'Change.edits': 'company:read',
};
