import type { Act } from './policy.ts';

const nouns = ['projects', 'tasks', 'submissions', 'comments', 'notes', 'people', 'templates', 'company'] as const;

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
  'partner.attach': 'people:write',
  'token.create': null,
  'token.createApp': null,
  'token.revoke': null,
  'template.read': 'templates:read',
  'template.edit': 'templates:write',
  'overview.read': 'projects:read',
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
  'task.assign': 'tasks:write',
  'task.submit': 'submissions:write',
  'task.review': 'submissions:write',
  'submission.read': 'submissions:read',
  'approval.give': 'submissions:write',
  'credentials.submit': 'submissions:write',
  'credentials.reveal': null,
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
