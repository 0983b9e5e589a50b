import { GraphQLError } from 'graphql';
import { words } from '../../words/en.ts';

/** What a person can act on: becomes an entry of the payload's `userErrors`. */
export const userErrorCodes = [
  'CONFLICT',
  'EMPTY',
  'TOO_LONG',
  'INVALID_URL',
  'INVALID_DOMAIN',
  'PAGES_MISSING',
  'FACT_MISSING',
  'INVALID_FILE_NAME',
  'FILE_TOO_LARGE',
  'FILE_TYPE_NOT_ACCEPTED',
  'UPLOAD_INCOMPLETE',
  'WRONG_KIND',
  'WRONG_STATE',
  'NOT_ASSIGNABLE',
  'REASON_MISSING',
  'INPUT_NEEDED',
  'NOT_STUCK',
  'PROMISE_DAY',
  'NOT_UNDER_WAY',
  'CIRCLE',
  'TARGET_TOO_EARLY',
  'BEFORE_START',
  'OTHER_PROJECT',
  'OUT_OF_RANGE',
  'SETTINGS_INVALID',
  'NOT_A_SUM',
  'PHASE_NOT_EMPTY',
  'GATES_OPEN',
  'UPDATE_BUILT_ON',
  'TEMPLATE_NOT_OFFERED',
  'WRONG_PROJECT_STATE',
  'PROJECT_OVER',
  'ANSWER_MISSING',
  'ANSWER_INVALID',
  'OUT_OF_BOUNDS',
  'NOTHING_TO_APPROVE',
  'MILESTONE_NOT_REACHED',
  'RATING_OVER',
  'NOT_REJECTED',
  'REPORT_NOT_READY',
  'NOTHING_TO_REPAIR',
  'MAPPING_INVALID',
  'TIMES_INVALID',
  'NOT_IN_FUTURE',
  'NOT_ACTIVE',
  'TOO_MANY',
  'NOT_HANDABLE',
  'HANDED_ALREADY',
  'NOT_A_DELEGATE',
  'NOTHING_TO_DELEGATE',
  'DELEGATED_ALREADY',
  'DELEGATE_AWAY',
  'DAYS_OUT_OF_RANGE',
  'NOT_MENTIONABLE',
  'IN_THREAD',
  'TOO_MANY_FILES',
  'INVALID_EMAIL',
  'INVALID_TIME_ZONE',
  'ALREADY_HERE',
  'ALREADY_INVITED',
  'EXTERNAL_ID_INVALID',
  'EXTERNAL_ID_TAKEN',
  'EXTERNAL_IDS_TOO_MANY',
  'SAME_ACCOUNT',
  'FACTS_UNDECIDED',
  'TOO_OFTEN',
  'ACCOUNT_UNCLEAR',
  'NOT_RECOGNISED',
  'INVALID_DAY',
  'STORAGE_FULL',
  'DISK_FULL',
  'TEMPLATE_INCOMPLETE',
  'TEMPLATE_TOO_LARGE',
  'TEMPLATE_FILE_INVALID',
  'INVALID_COLOR',
  'CONTRAST_TOO_LOW',
  'INVALID_CALENDAR',
  'NOTE_FULL',
  'NOT_ON_MAP',
  'GAP_GONE',
  'MAP_FILE_INVALID',
  'STILL_NAMED',
  'JOURNEY_ARCHIVED',
] as const;
export type UserErrorCode = (typeof userErrorCodes)[number];

/** The closed list of `extensions.code`. */
export type ApiErrorCode = keyof typeof words.apiErrors;

type ActErrorDetail = {
  /** The input field that is wrong, as the schema spells it. */
  field?: string;
  params?: Record<string, string | number>;
};

/** Thrown by a command for what the person can mend; rolls the transaction back. */
export class ActError extends Error {
  readonly field: string | null;
  readonly params: Record<string, string | number>;

  constructor(
    readonly code: UserErrorCode,
    detail: ActErrorDetail = {},
  ) {
    super(code);
    this.field = detail.field ?? null;
    this.params = detail.params ?? {};
  }
}

/** Thrown for what the person cannot mend here; reaches the caller as a GraphQL error with `extensions.code`. */
export class ApiError extends GraphQLError {
  /** What a program needs beside the code to do better: the scope that is missing, how long to wait. */
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(
    code: ApiErrorCode,
    message: string = words.apiErrors[code](),
    detail: Record<string, string | number> = {},
  ) {
    super(message, { extensions: { code, ...detail } });
    this.detail = detail;
  }
}
