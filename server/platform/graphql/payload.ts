import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { isStaff } from '../../access/policy.ts';
import { words } from '../../words/en.ts';
import type { Committed } from '../database/transaction.ts';
import type { Ctx } from '../services.ts';
import { enumOf } from './enums.ts';
import { ActError, type UserErrorCode, userErrorCodes } from './errors.ts';

const codes = enumOf(userErrorCodes);

registerEnumType(codes, {
  name: 'UserErrorCode',
  description: 'Why an act was not done, where the person can mend it.',
  valuesConfig: {
    CONFLICT: { description: 'The thing changed since the person saw it; the payload holds the current one.' },
    EMPTY: { description: 'Something must be given.' },
    TOO_LONG: { description: 'Longer than allowed.' },
    INVALID_URL: { description: 'Not an absolute http or https address.' },
    INVALID_DOMAIN: { description: 'Not the name of a domain, such as shop.example.' },
    FACT_MISSING: {
      description: 'Something of the account that this depends on is not known yet; the message names it.',
    },
    PAGES_MISSING: { description: 'A kind of page has no address; the message names it.' },
    INVALID_FILE_NAME: { description: 'Not a usable file name.' },
    FILE_TOO_LARGE: { description: 'Larger than `Viewer.maxUploadBytes`.' },
    FILE_TYPE_NOT_ACCEPTED: { description: 'The extension is not in `Task.acceptedExtensions`.' },
    UPLOAD_INCOMPLETE: { description: 'Not all bytes have arrived.' },
    WRONG_KIND: { description: 'The task asks for another kind of input.' },
    WRONG_STATE: { description: "The task's state does not allow it." },
    NOT_ASSIGNABLE: { description: 'The person is not in `Task.assignable`.' },
    NOT_A_SUM: { description: 'Not an amount of money that can be kept.' },
    PHASE_NOT_EMPTY: { description: 'Tasks stand in the phase; move or remove them first.' },
    TEMPLATE_NOT_OFFERED: { description: 'No such template is offered for new projects.' },
    UPDATE_BUILT_ON: {
      description: 'Work went on in tasks that the update brought or changed; the message names them.',
    },
    GATES_OPEN: { description: 'Gate tasks are neither done nor waived; the message names them.' },
    WRONG_PROJECT_STATE: { description: "The project's state does not allow it." },
    PROJECT_OVER: { description: 'The project is closed or cancelled: nothing in it is worked on.' },
    REASON_MISSING: { description: 'This act gives a reason.' },
    INPUT_NEEDED: { description: 'The task is done by handing in what it asks for.' },
    PROMISE_DAY: { description: 'A promised day lies from today to a year ahead.' },
    NOT_UNDER_WAY: { description: 'The project is not under way, so that no day counts in it.' },
    NOT_STUCK: { description: 'The task is not stuck.' },
    TARGET_TOO_EARLY: { description: 'The plan cannot be finished by the target; the message says by when it can.' },
    BEFORE_START: { description: 'The day lies before the one on which the thing begins; the message names that.' },
    CIRCLE: { description: 'Tasks would wait for each other in a circle; the message names it.' },
    OTHER_PROJECT: { description: 'It belongs to another project.' },
    SETTINGS_INVALID: { description: 'A setting of a first look is out of its bounds: `field` says which.' },
    OUT_OF_RANGE: { description: 'The number is smaller or larger than allowed.' },
    TEMPLATE_INCOMPLETE: { description: 'The draft cannot be published as it is; each entry names one thing.' },
    TEMPLATE_FILE_INVALID: {
      description: 'The file is no template that can be taken in; each entry names a place in it.',
    },
    TEMPLATE_TOO_LARGE: { description: 'More phases, tasks or text than a template may hold.' },
    ANSWER_MISSING: { description: 'A question that is asked and required has no answer; the field names it.' },
    ANSWER_INVALID: { description: 'An answer is not of the kind that its question asks for; the field names it.' },
    OUT_OF_BOUNDS: { description: 'A number is below or above what is accepted; the field names its question.' },
    NOTHING_TO_APPROVE: { description: 'Nothing was handed in yet that could be approved.' },
    MILESTONE_NOT_REACHED: { description: 'Something of the phase is still open, or was opened again.' },
    RATING_OVER: { description: 'The time in which it could be said, or changed, is over.' },
    NOT_REJECTED: { description: 'Nothing stands against it that it could be accepted in spite of.' },
    REPORT_NOT_READY: { description: 'There is no report on it that is done.' },
    NOTHING_TO_REPAIR: { description: 'Repairing would change nothing, or this version does not count any more.' },
    MAPPING_INVALID: { description: 'Columns or values that the rules do not know, or one column chosen twice.' },
    TIMES_INVALID: { description: 'Not one to five different moments in the future.' },
    NOT_ACTIVE: { description: 'Only a project that is active can have this.' },
    NOT_IN_FUTURE: { description: 'This moment is past.' },
    TOO_MANY: { description: 'There are as many as there can be; take one away first.' },
    NOT_HANDABLE: {
      description: 'Something that the task requires is not to be handed in by somebody from outside, or it is over.',
    },
    NOT_A_DELEGATE: { description: 'Not somebody of `delegationCandidates`.' },
    NOTHING_TO_DELEGATE: { description: 'The viewer decides nothing on this task.' },
    DELEGATED_ALREADY: { description: 'Somebody decides in their place then already; end that first.' },
    DELEGATE_AWAY: { description: 'Whoever was named gave away their own approvals for that time.' },
    DAYS_OUT_OF_RANGE: { description: 'The days are past, upside down, or more than a year ahead.' },
    HANDED_ALREADY: { description: 'Somebody has the task by a link; take it back first.' },
    NOT_MENTIONABLE: { description: 'Somebody named in the text is not in `Task.mentionable`.' },
    IN_THREAD: { description: 'A comment with replies, or a reply, cannot be read by others than its thread.' },
    TOO_MANY_FILES: { description: 'More than `Viewer.maxCommentFiles` files on one comment.' },
    INVALID_EMAIL: { description: 'Not an e-mail address.' },
    INVALID_COLOR: { description: 'Not a colour written as #rrggbb.' },
    CONTRAST_TOO_LOW: {
      description: 'White text on this colour cannot be read; the message names a shade that works.',
    },
    INVALID_CALENDAR: { description: 'Days, hours or holidays that make no working week.' },
    INVALID_TIME_ZONE: { description: 'Not the name of a time zone, such as Europe/Prague.' },
    ALREADY_HERE: { description: 'The address is that of somebody who can sign in already.' },
    ALREADY_INVITED: { description: 'The address has an invitation that is still open.' },
    NOTE_FULL: { description: 'The note holds as much as a note can; delete something first.' },
    MAP_FILE_INVALID: { description: 'There is no journey in the file; the message says why.' },
    GAP_GONE: { description: 'The map has no such gap any more.' },
    NOT_ON_MAP: { description: 'No such part stands on this map; the field says which was named.' },
    STILL_NAMED: { description: 'Something stands in the stage or at the touchpoint; take that away first.' },
    JOURNEY_ARCHIVED: { description: 'The journey is put away; take it out to draw on it.' },
    STORAGE_FULL: { description: 'The files of the account take all the room that it has.' },
    DISK_FULL: { description: 'There is no room left on the server.' },
    EXTERNAL_ID_INVALID: { description: 'Not the short name of a system: small letters, digits, dots and dashes.' },
    SAME_ACCOUNT: { description: 'An account cannot be merged into itself.' },
    FACTS_UNDECIDED: {
      description: 'Two accounts say something differently; say for each of these whose word stands.',
    },
    EXTERNAL_IDS_TOO_MANY: {
      description: 'Together the two accounts have more ids in other systems than one keeps; remove some first.',
    },
    EXTERNAL_ID_TAKEN: { description: "The id is another account's; the message names it." },
    ACCOUNT_UNCLEAR: { description: 'Which account a row of a list is about cannot be told; the message says why.' },
    NOT_RECOGNISED: { description: 'A name in a list that stands for nothing here; the message names it.' },
    INVALID_DAY: { description: 'Not a day, or one that could be two; write 2026-03-06.' },
    TOO_OFTEN: { description: 'Done too often of late; the message says how long to wait.' },
  },
});

@ObjectType({ description: 'Why an act was not done, where the person can mend it.' })
export class UserError {
  @Field(() => codes as object, { description: 'What is wrong, from a closed list.' })
  code!: UserErrorCode;

  @Field(() => String, { nullable: true, description: 'The input field that is wrong; null when it is not one field.' })
  field!: string | null;

  @Field(() => String, { description: 'What is wrong and what to do, in English.' })
  message!: string;
}

/** What every mutation answers beside its object. */
@ObjectType({ description: 'What every mutation answers.' })
export abstract class Payload {
  @Field(() => [UserError], { description: 'Empty when the act was done.' })
  userErrors!: UserError[];

  @Field(() => Int, {
    nullable: true,
    description: "The project's position that the act reached, as this reader counts; null when nothing was done.",
  })
  position!: number | null;
}

type Outcome<T> =
  | { done: T; userErrors: []; position: number | null }
  | { done: null; userErrors: UserError[]; position: null };

/** Runs a command and sorts its outcome: the value with its position, or the errors that the person can mend. */
export async function outcome<T extends object>(ctx: Ctx, command: () => Promise<Committed<T>>): Promise<Outcome<T>> {
  try {
    const { value, positions } = await command();
    // What is of no project, such as a token, has no position.
    const reached = 'projectId' in value ? positions.get(String(value.projectId)) : undefined;
    const position = reached ? (isStaff(ctx.viewer) ? reached.position : reached.sharedPosition) : null;
    return { done: value, userErrors: [], position };
  } catch (error) {
    if (!(error instanceof ActError)) throw error;
    const message = words.userErrors[error.code](error.params);
    return { done: null, userErrors: [{ code: error.code, field: error.field, message }], position: null };
  } finally {
    // What the request loaded before the act is stale now.
    ctx.loaders.clear();
  }
}
