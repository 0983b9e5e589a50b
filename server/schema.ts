import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountCalendarResolver } from './accounts/calendars/resolvers.ts';
import { CompanySettingsResolver } from './accounts/companyResolvers.ts';
import { AccountExternalIdResolver } from './accounts/externalIds/resolvers.ts';
import { InvitationResolver } from './accounts/invitationResolvers.ts';
import { AccountKeptResolver, AccountKnownFactResolver, AccountStaffResolver } from './accounts/kept/resolvers.ts';
import { MemberResolver } from './accounts/memberResolvers.ts';
import { AccountMergeResolver } from './accounts/merging/resolvers.ts';
import { AccountResolver, CompanyResolver, PersonResolver, ViewerResolver } from './accounts/resolvers.ts';
import { SessionResolver } from './accounts/sessionResolvers.ts';
import { CommentFieldsResolver, ReactionsResolver } from './comments/fieldResolvers.ts';
import { ProjectReadingResolver, ReadingResolver, TaskReadingResolver } from './comments/reading/resolvers.ts';
import {
  CommentResolver,
  MentionCandidateResolver,
  TaskCommentsResolver,
  ViewerCommentsResolver,
} from './comments/resolvers.ts';
import { ThreadResolver } from './comments/threads/resolvers.ts';
import { MyDayGroupResolver, MyDayItemResolver, MyDayResolver, MyDayWhyResolver } from './day/resolvers.ts';
import { DelegationResolver, TaskDelegationCanResolver, TaskDelegationResolver } from './delegations/resolvers.ts';
import { FileResolver } from './files/resolvers.ts';
import {
  FirstLookActsResolver,
  FirstLookChoiceResolver,
  FirstLookPassedOverResolver,
  FirstLookResolver,
  ProjectFirstLookResolver,
} from './firstLook/resolvers.ts';
import { FirstLookRetryResolver } from './firstLook/website/resolvers.ts';
import { HandoverPeopleResolver, TaskHandoverCanResolver, TaskHandoverResolver } from './handovers/resolvers.ts';
import { JourneyFileResolver } from './journeys/files/resolvers.ts';
import { JourneyDecisionsResolver, JourneyGapDecisionResolver, JourneyGapsResolver } from './journeys/gapResolvers.ts';
import { JourneyHistoryResolver } from './journeys/history/resolvers.ts';
import { JourneyMeasuresResolver } from './journeys/measuring/resolvers.ts';
import {
  ProcessStepResolver,
  ProcessWayResolver,
  ProjectProcessResolver,
  TemplateRealityResolver,
} from './journeys/reality/resolvers.ts';
import { JourneyChangesResolver, JourneyPartsResolver, JourneyResolver } from './journeys/resolvers.ts';
import {
  JourneyCommentResolver,
  JourneyRepresentativeResolver,
  JourneySaidResolver,
  JourneySayingResolver,
} from './journeys/sayingResolvers.ts';
import { AccountFileResolver, AccountHistoryResolver, AccountNoteResolver } from './live/accounts/resolvers.ts';
import { AuditResolver, ChangeEditsResolver } from './live/auditResolvers.ts';
import { InboxChangesResolver } from './live/inboxResolvers.ts';
import {
  ChangeFactsResolver,
  ChangeResolver,
  LiveResolver,
  PresenceResolver,
  ProjectChangesResolver,
  TaskChangesResolver,
} from './live/resolvers.ts';
import { TalkResolver } from './live/talkResolvers.ts';
import {
  MilestoneChangeResolver,
  MilestoneRatingResolver,
  MilestoneResolver,
  MilestoneSignOffResolver,
  ProjectMilestonesResolver,
} from './milestones/resolvers.ts';
import { NoteFileResolver, NoteResolver, TaskNoteResolver } from './notes/resolvers.ts';
import { InboxResolver, ViewerInboxResolver } from './notifications/resolvers.ts';
import {
  ProjectForecastResolver,
  ProjectPlanConflictResolver,
  ProjectTouchedResolver,
  TaskDueMoveResolver,
  TaskPlanMoveResolver,
  TaskScheduleResolver,
} from './plan/forecast/resolvers.ts';
import {
  CourtIntervalResolver,
  CourtLedgerResolver,
  CourtTurnResolver,
  ProjectLedgerResolver,
} from './plan/ledger/resolvers.ts';
import { ProjectPlanResolver } from './plan/projectResolvers.ts';
import {
  HealthOverrideResolver,
  HealthReasonResolver,
  ProjectHealthResolver,
  ProjectHealthRightsResolver,
} from './plan/resolvers.ts';
import { PhaseDaysResolver } from './plan/spans/resolvers.ts';
import { withTokenScopes } from './platform/graphql/tokenScopes.ts';
import { AccountProjectsResolver, MergePreviewProjectsResolver } from './projects/accountResolvers.ts';
import { ProjectEditResolver } from './projects/editResolvers.ts';
import { PartnerProjectsResolver } from './projects/partnerResolvers.ts';
import { ProjectConnectionResolver, ProjectResolver } from './projects/resolvers.ts';
import { TokenProjectsResolver } from './projects/tokenResolvers.ts';
import { SearchResolver } from './search/resolvers.ts';
import { StatisticsResolver } from './statistics/resolvers.ts';
import {
  CheckFindingResolver,
  CheckResolver,
  CheckRunResolver,
  InputWantedResolver,
  SubmissionCheckResolver,
} from './submissions/checks/resolvers.ts';
import { QuestionsAvoidedResolver } from './submissions/forms/resolvers.ts';
import {
  ApprovalActsResolver,
  CredentialsActsResolver,
  FormActsResolver,
  MeetingActsResolver,
} from './submissions/inputs/actResolvers.ts';
import {
  ApprovalResolver,
  ApprovalSubjectResolver,
  FormDraftResolver,
  TaskInputResolver,
  TaskInputsResolver,
} from './submissions/inputs/resolvers.ts';
import { LooksFindingsResolver, ReportLooksResolver } from './submissions/looks/resolvers.ts';
import { MeetingResolver } from './submissions/meetings/resolvers.ts';
import { ReportActsResolver } from './submissions/reports/actResolvers.ts';
import {
  DeltaResolver,
  FindingResolver,
  ReportResolver,
  SubmissionAcceptanceResolver,
  SubmissionReportResolver,
} from './submissions/reports/resolvers.ts';
import { ReviewResolver, SubmissionResolver } from './submissions/resolvers.ts';
import { TaskReviewResolver, TaskSubmissionsResolver } from './submissions/taskResolvers.ts';
import { TaskActsResolver } from './tasks/actResolvers.ts';
import { PersonTasksResolver } from './tasks/personResolvers.ts';
import { PhaseTasksResolver, ProjectTasksCanResolver, ProjectTasksResolver } from './tasks/projectResolvers.ts';
import { ProjectPromiseResolver, ProjectPromisesResolver } from './tasks/promises/record/resolvers.ts';
import { TaskPromiseCanResolver, TaskPromiseResolver, TaskPromisesResolver } from './tasks/promises/resolvers.ts';
import {
  TaskLinkResolver,
  TaskReasonResolver,
  TaskResolver,
  TaskStuckResolver,
  TaskViewerCanResolver,
} from './tasks/resolvers.ts';
import { TemplateEditingResolver } from './templates/editingResolvers.ts';
import { ProjectListResolver, ProjectListRowResolver } from './templates/fromList/resolvers.ts';
import { ProjectCreateResolver } from './templates/projectResolvers.ts';
import { TemplateResolver, TemplateVersionResolver } from './templates/resolvers.ts';
import { TemplateUpdateResolver, TemplateUpdateTakenResolver } from './templates/update/resolvers.ts';
import { TokenResolver, ViewerTokensResolver } from './tokens/resolvers.ts';
import {
  IntegrationConnectionResolver,
  IntegrationGroupResolver,
  IntegrationOptionsResolver,
  SavedViewResolver,
} from './views/resolvers.ts';
import { WorkloadPersonResolver, WorkloadResolver, WorkloadTaskResolver } from './workload/resolvers.ts';

/** The whole API, from the types in the nouns' folders. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      ViewerResolver,
      CompanyResolver,
      CompanySettingsResolver,
      AccountResolver,
      AccountCalendarResolver,
      AccountExternalIdResolver,
      AccountKeptResolver,
      AccountStaffResolver,
      AccountKnownFactResolver,
      AccountMergeResolver,
      AccountProjectsResolver,
      MergePreviewProjectsResolver,
      AccountHistoryResolver,
      AccountFileResolver,
      AccountNoteResolver,
      AccountExternalIdResolver,
      PersonResolver,
      PersonTasksResolver,
      InvitationResolver,
      MemberResolver,
      SessionResolver,
      ProjectResolver,
      PartnerProjectsResolver,
      ProjectConnectionResolver,
      ProjectEditResolver,
      ProjectCreateResolver,
      ProjectListResolver,
      ProjectListRowResolver,
      TemplateUpdateResolver,
      TemplateUpdateTakenResolver,
      QuestionsAvoidedResolver,
      ProjectPlanResolver,
      ProjectForecastResolver,
      ProjectPlanConflictResolver,
      ProjectTouchedResolver,
      TaskDueMoveResolver,
      TaskPlanMoveResolver,
      TaskScheduleResolver,
      PhaseDaysResolver,
      ProjectLedgerResolver,
      CourtLedgerResolver,
      CourtTurnResolver,
      CourtIntervalResolver,
      ProjectProcessResolver,
      JourneyResolver,
      JourneyChangesResolver,
      JourneyPartsResolver,
      JourneyFileResolver,
      JourneyGapsResolver,
      JourneyDecisionsResolver,
      JourneyHistoryResolver,
      JourneyMeasuresResolver,
      JourneySayingResolver,
      JourneySaidResolver,
      JourneyCommentResolver,
      JourneyRepresentativeResolver,
      JourneyGapDecisionResolver,
      ProcessStepResolver,
      ProcessWayResolver,
      TemplateRealityResolver,
      ProjectHealthResolver,
      ProjectHealthRightsResolver,
      HealthReasonResolver,
      HealthOverrideResolver,
      ProjectMilestonesResolver,
      MilestoneResolver,
      MilestoneSignOffResolver,
      MilestoneChangeResolver,
      MilestoneRatingResolver,
      ProjectTasksResolver,
      ProjectTasksCanResolver,
      PhaseTasksResolver,
      TaskResolver,
      TaskActsResolver,
      TaskLinkResolver,
      TaskReasonResolver,
      TaskStuckResolver,
      TaskHandoverResolver,
      DelegationResolver,
      TaskDelegationResolver,
      TaskDelegationCanResolver,
      TaskHandoverCanResolver,
      HandoverPeopleResolver,
      TaskPromisesResolver,
      TaskPromiseResolver,
      TaskPromiseCanResolver,
      ProjectPromisesResolver,
      ProjectPromiseResolver,
      TaskViewerCanResolver,
      TaskSubmissionsResolver,
      TaskReviewResolver,
      TaskCommentsResolver,
      TaskReadingResolver,
      ProjectReadingResolver,
      TaskNoteResolver,
      NoteFileResolver,
      TaskChangesResolver,
      ProjectChangesResolver,
      SubmissionResolver,
      ReviewResolver,
      SubmissionReportResolver,
      SubmissionAcceptanceResolver,
      ReportResolver,
      ReportLooksResolver,
      LooksFindingsResolver,
      FindingResolver,
      DeltaResolver,
      ReportActsResolver,
      InputWantedResolver,
      SubmissionCheckResolver,
      CheckResolver,
      CheckRunResolver,
      CheckFindingResolver,
      TaskInputsResolver,
      TaskInputResolver,
      ApprovalResolver,
      ApprovalSubjectResolver,
      FormDraftResolver,
      FormActsResolver,
      CredentialsActsResolver,
      ApprovalActsResolver,
      MeetingActsResolver,
      MeetingResolver,
      FileResolver,
      CommentResolver,
      CommentFieldsResolver,
      ThreadResolver,
      ReactionsResolver,
      MentionCandidateResolver,
      ReadingResolver,
      ViewerCommentsResolver,
      TalkResolver,
      NoteResolver,
      TemplateResolver,
      TemplateVersionResolver,
      TemplateEditingResolver,
      StatisticsResolver,
      MyDayResolver,
      MyDayGroupResolver,
      MyDayItemResolver,
      MyDayWhyResolver,
      WorkloadResolver,
      WorkloadPersonResolver,
      WorkloadTaskResolver,
      SearchResolver,
      ProjectFirstLookResolver,
      FirstLookResolver,
      FirstLookChoiceResolver,
      FirstLookPassedOverResolver,
      FirstLookActsResolver,
      FirstLookRetryResolver,
      SavedViewResolver,
      IntegrationConnectionResolver,
      IntegrationGroupResolver,
      IntegrationOptionsResolver,
      InboxResolver,
      ViewerInboxResolver,
      LiveResolver,
      InboxChangesResolver,
      ChangeFactsResolver,
      ChangeResolver,
      AuditResolver,
      ChangeEditsResolver,
      PresenceResolver,
      TokenResolver,
      TokenProjectsResolver,
      ViewerTokensResolver,
    ],
    orphanedTypes: [],
    validate: false,
    // Subscriptions read the log themselves; type-graphql only insists on having something here.
    pubSub: { publish: () => {}, subscribe: () => neverEnding() },
  });
  return withTokenScopes(schema);
}

/** `schema.graphql`, as the code has it. */
export function emitSchema(): string {
  return `${printSchema(lexicographicSortSchema(createSchema()))}\n`;
}

async function* neverEnding(): AsyncGenerator<never> {
  await new Promise<never>(() => {});
}
