import type {
  AccountFacts,
  CommentFacts,
  FileFacts,
  NoteFacts,
  OwnerFacts,
  PersonFacts,
  ProjectFacts,
  ReviewFacts,
  RoleFacts,
  TaskFacts,
  TurnFacts,
  WorkFacts,
} from './facts.ts';

/** Every act there is, with the facts that it is judged by. */
export type Acts = {
  'company.edit': null;
  'audit.read': null;
  'person.read': PersonFacts;
  'person.invite': PersonFacts;
  'person.changeRole': RoleFacts;
  'person.remove': PersonFacts;
  'person.viewAs': PersonFacts;
  'account.read': AccountFacts;
  'account.merge': AccountFacts;
  'partner.attach': ProjectFacts;
  'token.create': null;
  'token.createApp': null;
  'token.revoke': OwnerFacts;
  /** Their own; nobody else's can be asked for. */
  'inbox.read': null;
  'template.read': null;
  'template.edit': null;
  'journey.read': null;
  'journey.edit': null;
  /** Which pain points are the worst: whoever works with clients has a say. */
  'journey.vote': null;
  /** Say something of a map, and sign it for the department that one speaks for. */
  'journey.comment': null;
  /** What needs them today; nobody else's can be asked for. */
  'day.read': null;
  /** How full somebody's weeks are: `ownerId` is whose. */
  'workload.read': OwnerFacts;
  'overview.read': null;
  /** What projects bring: a matter of the role, and of a token's scopes, not of the project. */
  'overview.readMoney': null;
  'overview.export': null;
  'view.save': null;
  'project.create': null;
  'project.read': ProjectFacts;
  'project.edit': ProjectFacts;
  'project.move': ProjectFacts;
  'project.assignPm': ProjectFacts;
  'project.overrideHealth': ProjectFacts;
  'project.readStaffFields': ProjectFacts;
  'project.readMoney': ProjectFacts;
  'project.editMoney': ProjectFacts;
  'milestone.signOff': ProjectFacts;
  'milestone.rate': ProjectFacts;
  'milestone.readRatings': ProjectFacts;
  'firstLook.suggest': ProjectFacts;
  'firstLook.setDefaults': null;
  'task.read': TaskFacts;
  'task.create': ProjectFacts;
  'task.edit': TaskFacts;
  'task.setVisibility': TaskFacts;
  'task.start': WorkFacts;
  'task.complete': WorkFacts;
  'task.waive': TaskFacts;
  'task.reopen': TaskFacts;
  'task.cancel': TaskFacts;
  'task.flagStuck': TaskFacts;
  'task.promise': TurnFacts;
  'task.assign': WorkFacts;
  'task.submit': WorkFacts;
  'task.review': ReviewFacts;
  'handover.make': WorkFacts;
  'handover.read': TaskFacts;
  'handover.end': TaskFacts;
  'submission.read': FileFacts;
  'check.run': WorkFacts;
  'approval.give': WorkFacts;
  /** To whom they give their approvals for a while. */
  'approval.delegate': PersonFacts & { personId: string };
  'credentials.submit': WorkFacts;
  'credentials.reveal': TaskFacts;
  'meeting.arrange': TaskFacts;
  'comment.read': CommentFacts;
  'comment.addShared': TaskFacts;
  'comment.addInternal': TaskFacts;
  'comment.edit': CommentFacts;
  'comment.delete': CommentFacts;
  'comment.react': CommentFacts;
  'comment.resolve': CommentFacts;
  'comment.readSeenBy': TaskFacts;
  'note.read': NoteFacts;
  'note.edit': NoteFacts;
};
export type Act = keyof Acts;
