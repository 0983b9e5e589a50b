import type { Audience } from './access/viewer.ts';

type OnTask = { projectId: string; taskId: string };
type OnProject = { projectId: string };
type OnCompany = { projectId: null };

type StateMove = { from: string; to: string };

/**
 * Every event that can happen: where it stands (project and task) and its closed facts.
 * Facts are ids, states, dates, amounts and counts; never free text, never personal data.
 */
export type EventKinds = {
  'company.created': OnCompany & { facts: Record<string, never> };
  'company.edited': OnCompany & { facts: { fields: string[] } };
  'company.logoSet': OnCompany & { facts: { sizeBytes: number } };
  'company.logoRemoved': OnCompany & { facts: Record<string, never> };
  'account.created': OnCompany & { facts: Record<string, never> };
  'account.edited': OnCompany & { facts: Record<string, never> };
  'account.factSet': OnCompany & { facts: { key: string } };
  /** `system`: the short name of the other system; its id stands in the row. */
  'account.calendarSet': OnCompany & { facts: Record<string, never> };
  'account.externalIdSet': OnCompany & { facts: { system: string } };
  'account.externalIdRemoved': OnCompany & { facts: { system: string } };
  /** Another account went into it, with everything that hung on that; `facts`: how many of them it says anew. */
  'account.merged': OnCompany & { facts: { fromId: string; projects: number; people: number; facts: number } };
  'person.added': OnCompany & { facts: { role: string; accountId: string | null } };
  'person.removed': OnCompany & { facts: Record<string, never> };
  'person.restored': OnCompany & { facts: { role: string; accountId: string | null } };
  /** Their account was merged into another. */
  'person.accountChanged': OnCompany & { facts: StateMove };
  'person.edited': OnCompany & { facts: Record<string, never> };
  'person.roleChanged': OnCompany & { facts: { from: string; to: string } };
  'person.invited': OnCompany & { facts: { role: string; accountId: string | null } };
  'person.reinvited': OnCompany & { facts: Record<string, never> };
  'person.uninvited': OnCompany & { facts: Record<string, never> };
  'person.joined': OnCompany & { facts: { role: string; accountId: string | null; invitationId: string } };
  'person.proven': OnCompany & { facts: Record<string, never> };
  'person.viewed': OnCompany & { facts: Record<string, never> };
  'person.viewEnded': OnCompany & { facts: Record<string, never> };
  'person.passwordSet': OnCompany & { facts: Record<string, never> };
  'person.passwordRemoved': OnCompany & { facts: Record<string, never> };
  'partner.attached': OnProject & { facts: Record<string, never> };
  'partner.detached': OnProject & { facts: Record<string, never> };
  'token.created': OnCompany & { facts: { personId: string; isApp: boolean } };
  'token.revoked': OnCompany & { facts: { personId: string } };
  'template.created': OnCompany & { facts: Record<string, never> };
  /** A version came with Slipway; not offered where one of the company's own is published. */
  'template.arrived': OnCompany & { facts: { version: number; isOffered: boolean } };
  'template.draftStarted': OnCompany & { facts: { version: number } };
  'template.draftEdited': OnCompany & { facts: { version: number; revision: number } };
  'template.draftDiscarded': OnCompany & { facts: { version: number } };
  'template.published': OnCompany & { facts: { version: number } };
  'template.retired': OnCompany & { facts: Record<string, never> };
  'template.restored': OnCompany & { facts: Record<string, never> };
  'journey.created': OnCompany & { facts: { parts: number } };
  'journey.edited': OnCompany & { facts: { fields: string[] } };
  'journey.archived': OnCompany & { facts: Record<string, never> };
  'journey.restored': OnCompany & { facts: Record<string, never> };
  /** Parts of its map were put and removed; `position`: how far all maps are by it. */
  'journey.drawn': OnCompany & { facts: { position: number; put: number; removed: number } };
  /** Somebody said something of it, or of a part; `isRemoved`: its author took it away. */
  'journey.commented': OnCompany & { facts: { commentId: string; aboutId: string | null } };
  'journey.commentChanged': OnCompany & { facts: { commentId: string; isResolved: boolean; isRemoved: boolean } };
  /** Who speaks for a department, nobody any more where null; and that they signed the map or took that back. */
  'journey.represented': OnCompany & { facts: { departmentId: string; personId: string | null } };
  'journey.signed': OnCompany & { facts: { departmentId: string; isOn: boolean } };
  'journey.voted': OnCompany & { facts: { painPointId: string; isOn: boolean } };
  /** A gap of it will be mended by somebody, is left as it is for a reason, or is nobody's again. */
  'journey.gapPlanned': OnCompany & { facts: { gap: string; ownerId: string | null; dueOn: string | null } };
  'journey.gapAccepted': OnCompany & { facts: { gap: string } };
  'journey.gapReopened': OnCompany & { facts: { gap: string } };
  /** Until several templates could be merged, it had the facts `templateKey` and `templateVersion`. */
  'project.created': OnProject & { facts: { templates: { key: string; version: number }[] } };
  'project.activated': OnProject & { facts: StateMove };
  'project.held': OnProject & { facts: StateMove };
  'project.resumed': OnProject & { facts: StateMove };
  'project.wentLive': OnProject & { facts: StateMove };
  'project.closed': OnProject & { facts: StateMove };
  'project.cancelled': OnProject & { facts: StateMove };
  /** It went over to a newer version of one of its templates; how many of the offered changes were taken, and left. */
  'project.templateUpdated': OnProject & {
    facts: { key: string; from: number; to: number; taken: number; left: number };
  };
  /** Tasks of its templates apply from now on, or do not any more, by what came to be known. */
  'project.roadFollowed': OnProject & { facts: { came: number; went: number } };
  'project.templateUpdateUndone': OnProject & { facts: { key: string; from: number; to: number } };
  'project.edited': OnProject & {
    facts: {
      fields: string[];
      targetOn?: StateMove;
      signedOn?: StateMove;
      pmId?: StateMove;
      platform?: StateMove;
      products?: { from: string[]; to: string[] };
    };
  };
  /** Its account was merged into another: ids of both. */
  'project.accountChanged': OnProject & { facts: StateMove };
  'project.revenueEdited': OnProject & {
    facts: { fromMinor: number; fromCurrency: string; toMinor: number; toCurrency: string };
  };
  /** Its products can be looked at in the mocks of what it brings, for the first time or as another number of them. */
  'firstLook.ready': OnProject & { facts: { source: string; products: number; usable: number; total: number } };
  'firstLook.suggested': OnProject & { facts: { product: string; revision: number } };
  'firstLook.defaultsSet': OnCompany & { facts: { product: string; revision: number } };
  'phase.added': OnProject & { facts: Record<string, never> };
  'phase.edited': OnProject & { facts: Record<string, never> };
  'phase.moved': OnProject & { facts: Record<string, never> };
  /** The last shared task of a phase was finished, this one; `asked`: who took part on the client's side, asked how it went. */
  'milestone.reached': OnTask & { facts: { phaseId: string; asked: string[] } };
  /** `number`: how often it has been, with this one. */
  'milestone.signedOff': OnProject & { facts: { number: number } };
  /** What was said stands in the row, for staff and for whoever said it. */
  'milestone.rated': OnProject & { facts: { isChanged: boolean } };
  'phase.removed': OnProject & { facts: Record<string, never> };
  'project.healthOverridden': OnProject & { facts: { from: string | null; to: string; expiresOn: string } };
  'project.healthOverrideCleared': OnProject & { facts: { from: string } };
  'view.created': OnCompany & { facts: { isShared: boolean } };
  'view.edited': OnCompany & { facts: { isShared: boolean } };
  'view.deleted': OnCompany & { facts: { isShared: boolean } };
  'task.created': OnTask & { facts: { phaseId: string } };
  'task.ready': OnTask & { facts: StateMove };
  'task.notReady': OnTask & { facts: StateMove };
  'task.started': OnTask & { facts: StateMove };
  'task.completed': OnTask & { facts: StateMove };
  'task.waived': OnTask & { facts: StateMove };
  'task.cancelled': OnTask & { facts: StateMove };
  'task.reopened': OnTask & { facts: StateMove };
  /** A check that keeps running found it broken after it was done; what broke stands in the reason. */
  'task.broke': OnTask & { facts: StateMove & { submissionId: string } };
  'task.stuck': OnTask & { facts: { side: string } };
  /** By which day (`to`) whose turn it is said it will be done; `from`: the day that was said before. */
  'task.promised': OnTask & { facts: { court: string; from: string | null; to: string } };
  'task.promiseWithdrawn': OnTask & { facts: { court: string; from: string; to: null } };
  'task.unstuck': OnTask & { facts: { side: string } };
  'task.assigned': OnTask & { facts: { from: string | null; to: string | null; isForLead?: boolean } };
  /** `fields`: the names of what was changed, with spaces between. */
  'task.edited': OnTask & { facts: { fields: string; side?: StateMove } };
  /** A question was answered from what was known of the account: as it was known, or corrected. */
  'task.factConfirmed': OnTask & { facts: { key: string; isCorrected: boolean } };
  'task.dueMoved': OnTask & { facts: { from: string | null; to: string | null } };
  'task.dependencyAdded': OnTask & { facts: { predecessorId: string } };
  'task.dependencyRemoved': OnTask & { facts: { predecessorId: string } };
  /** An internal task was shared, or a shared one was made internal: both are said to whoever sees shared ones. */
  'task.shared': OnTask & { facts: Record<string, never> };
  'task.hidden': OnTask & { facts: Record<string, never> };
  'task.submitted': OnTask & { facts: StateMove & { submissionId: string } };
  'task.reviewStarted': OnTask & { facts: StateMove & { submissionId: string } };
  'task.approved': OnTask & { facts: StateMove & { submissionId: string } };
  'task.accepted': OnTask & { facts: StateMove & { submissionId: string } };
  'task.rejected': OnTask & { facts: StateMove & { submissionId: string } };
  'task.changesRequested': OnTask & { facts: StateMove & { submissionId: string } };
  /** One task was handed to somebody who is not here, by a link; and what became of that. */
  'handover.made': OnTask & { facts: { until: string } };
  'handover.opened': OnTask & { facts: Record<string, never> };
  'handover.renewed': OnTask & { facts: Record<string, never> };
  'handover.takenBack': OnTask & { facts: Record<string, never> };
  'handover.givenBack': OnTask & { facts: { giverId: string } };
  'handover.lapsed': OnTask & { facts: { why: string } };
  'submission.created': OnTask & { facts: { submissionKind: string } };
  'submission.finished': OnTask & {
    facts: { version: number; isOnBehalf: boolean; inputId: string; repairs?: number | null; repairOf?: number | null };
  };
  'submission.reviewed': OnTask & { facts: { outcome: string; inputId: string; forId?: string | null } };
  /** Its file is being read by the rules of its input: from the first bytes on, before it is finished. */
  'submission.validationStarted': OnTask & { facts: Record<string, never> };
  'submission.validated': OnTask & { facts: { verdict: string; rows: number; valid: number; inputId: string } };
  /** Our own machinery broke: no verdict, until somebody asks again or accepts it. */
  'submission.validationFailed': OnTask & { facts: Record<string, never> };
  /** Another content came from its address, with a report of its own. */
  'submission.fetched': OnTask & { facts: { sizeBytes: number; rows: number; valid: number; inputId: string } };
  /** Some links and pictures behind the rows of a feed were looked at; 0 of both: our own machinery broke. */
  'submission.linksLooked': OnTask & { facts: { links: number; images: number; findings: number; inputId: string } };
  'submission.rechecked': OnTask & { facts: { inputId: string } };
  /** A check came to a verdict: the first time, when somebody asked, or when it differs from the run before. */
  'submission.checked': OnTask & { facts: { verdict: string; findings: number; inputId: string } };
  /** What the runs of a check come to together: PASSING, DEGRADED, BROKEN, FLAPPING. */
  'submission.standingChanged': OnTask & { facts: { from: string; to: string; inputId: string } };
  /** A standing check has been BROKEN for 24 hours: those who can mend it got a mail. */
  'submission.stayedBroken': OnTask & { facts: { inputId: string } };
  /** A feed failed so often that it is not fetched by itself any more; the same people got a mail. */
  'submission.givenUp': OnTask & { facts: { inputId: string } };
  'submission.repaired': OnTask & { facts: { ofSubmissionId: string; changes: number } };
  /** In spite of its findings; the reason stands in the row. */
  'submission.accepted': OnTask & { facts: { inputId: string } };
  'submission.withdrawn': OnTask & { facts: { inputId: string } };
  /** Staff looked at a secret: told to staff alone. */
  'credentials.revealed': OnTask & { facts: { inputId: string; field: string } };
  /** `forId`: in whose place. */
  'approval.given': OnTask & {
    facts: { decision: string; inputId: string; ofSubmissionId: string | null; forId?: string | null };
  };
  /** From now on somebody else of the same side decides on it in the place of `fromId`; and that this is over. */
  'approval.delegated': OnTask & { facts: { fromId: string; toId: string } };
  'approval.returned': OnTask & { facts: { fromId: string; toId: string; why: string } };
  /** Somebody named who approves for them: for one task, or for a span of days. */
  'delegation.made': OnCompany & { facts: { toId: string; taskId: string | null } };
  'delegation.ended': OnCompany & { facts: { toId: string; why: string } };
  'meeting.proposed': OnTask & { facts: { inputId: string; times: number } };
  'meeting.confirmed': OnTask & { facts: { inputId: string; startsAt: string; sequence: number } };
  'meeting.cancelled': OnTask & { facts: { inputId: string; sequence: number } };
  'submission.expired': OnTask & { facts: Record<string, never> };
  'note.created': OnTask & { facts: Record<string, never> };
  'note.edited': OnTask & { facts: { updates: number } };
  'comment.added': OnTask & { facts: { parentId?: string; mentions?: number; files?: number } };
  'comment.edited': OnTask & { facts: Record<string, never> };
  'comment.deleted': OnTask & { facts: Record<string, never> };
  /** An internal comment was shared, or one that was shared was made internal: both are said to whoever sees shared ones. */
  'comment.shared': OnTask & { facts: Record<string, never> };
  'comment.hidden': OnTask & { facts: Record<string, never> };
  'comment.reacted': OnTask & { facts: { reaction: string; isOn: boolean } };
  'comment.resolved': OnTask & { facts: Record<string, never> };
  'comment.reopened': OnTask & { facts: Record<string, never> };
};
export type EventKind = keyof EventKinds;

/** What a command hands to `append`: the audience is stamped here, once, and never changes. */
export type NewEvent = {
  [K in EventKind]: {
    kind: K;
    audience: Audience;
    actorId: string | null;
    /** The changed object. */
    subjectId: string;
    /** What the row was and is, when it may be undone or audited; words live here and not in the facts. */
    revision?: { before: Record<string, unknown> | null; after: Record<string, unknown> | null };
  } & EventKinds[K];
}[EventKind];

/** A stored event. Readers skip kinds that they do not know, so `kind` is an open string here. */
export type StoredEvent = {
  id: string;
  seq: number;
  projectId: string | null;
  position: number | null;
  sharedPosition: number | null;
  kind: string;
  audience: Audience;
  actorId: string | null;
  subjectId: string;
  taskId: string | null;
  facts: Record<string, unknown>;
  at: Date;
};
