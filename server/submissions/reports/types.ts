import { Extensions, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { reportStates, verdicts } from '../../../drizzle/schema/index.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { ColumnMatch, FileFacts, Finding, Sample } from '../validation/types.ts';
import type { ReportHead } from './queries.ts';

export const ReportStateEnum = enumOf(reportStates);
registerEnumType(ReportStateEnum, {
  name: 'ReportState',
  description: 'How far validating a submission has got.',
  valuesConfig: {
    QUEUED: { description: 'Waits to be read, or for the rest of an upload.' },
    RUNNING: { description: 'Being read, also while the file is still arriving.' },
    DONE: { description: 'Read to its end; the verdict stands.' },
    CANCELLED: { description: 'The upload was given up.' },
    FAILED: { description: 'Our own machinery broke; it can be asked for again.' },
  },
});

export const VerdictEnum = enumOf(verdicts);
registerEnumType(VerdictEnum, {
  name: 'Verdict',
  description: 'What validating came to.',
  valuesConfig: {
    ACCEPTED: { description: 'Nothing was found.' },
    ACCEPTED_WITH_WARNINGS: { description: 'Good enough, with rows that have errors or warnings.' },
    REJECTED: { description: 'An error of the whole file, or fewer valid rows than the threshold.' },
  },
});

const severities = ['ERROR', 'WARNING', 'HINT'] as const;
export const SeverityEnum = enumOf(severities);
registerEnumType(SeverityEnum, {
  name: 'FindingSeverity',
  description: 'How bad a finding is.',
  valuesConfig: {
    ERROR: { description: 'Its row does not count, or the whole file where it speaks of that.' },
    WARNING: { description: 'Worth mending; blocks nothing.' },
    HINT: { description: 'Good to know.' },
  },
});

const findingScopes = ['FILE', 'ROW', 'CELL'] as const;
export const FindingScopeEnum = enumOf(findingScopes);
registerEnumType(FindingScopeEnum, {
  name: 'FindingScope',
  description: 'What a finding speaks of.',
  valuesConfig: {
    FILE: { description: 'The file as a whole.' },
    ROW: { description: 'Single rows.' },
    CELL: { description: 'Single cells of one column.' },
  },
});

const matchKinds = ['EXACT', 'CASE', 'SYNONYM', 'EXPORT', 'CHOSEN', 'IGNORED'] as const;
export const ColumnMatchEnum = enumOf(matchKinds);
registerEnumType(ColumnMatchEnum, {
  name: 'ReportColumnMatch',
  description: 'How a column of a file was matched.',
  valuesConfig: {
    EXACT: { description: 'By its very name.' },
    CASE: { description: 'By its name, but for capitals, blanks and dashes.' },
    SYNONYM: { description: 'By another name that is known for it.' },
    EXPORT: { description: 'By the shop platform whose export the file is.' },
    CHOSEN: { description: 'A person chose it.' },
    IGNORED: { description: 'Not at all: it is not read.' },
  },
});

@ObjectType({ description: 'What was declared or chosen before a file was read.' })
export class ReportDeclared {
  @Field(() => String, { description: 'What it is about, such as `currency`.' })
  key!: string;

  @Field(() => String, { description: 'What was declared.' })
  value!: string;
}

@ObjectType({ description: 'A column that the rules know.' })
export class ReportKnownColumn {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'What people call it; its name where that says it all.' })
  title!: string;

  @Field(() => Boolean, { description: 'Whether the file is refused without it.' })
  isRequired!: boolean;
}

@ObjectType({ description: 'A set of rules that a file can be judged by.' })
export class ReportRules {
  @Field(() => String, { description: 'What a check names it by.' })
  key!: string;

  @Field(() => String, { description: 'What a person reads.' })
  name!: string;

  @Field(() => [String], { description: 'Stricter or other readings of it.' })
  profiles!: readonly string[];
}

@ObjectType({ description: 'A column of the file, and what it was taken for.' })
export class ReportColumn {
  @Field(() => String, { description: 'Its name, as the file spells it.' })
  source!: ColumnMatch['source'];

  @Field(() => String, { nullable: true, description: 'The column of the rules that it is; null when it is not read.' })
  column!: ColumnMatch['column'];

  @Field(() => ColumnMatchEnum as object, { description: 'How it was matched.' })
  how!: ColumnMatch['how'];
}

@ObjectType({ description: 'How a file turned out to be written.' })
export class ReportFile {
  @Field(() => Float, { description: 'Bytes as they came.' })
  sizeBytes!: number;

  @Field(() => Float, { description: 'Bytes after unpacking.' })
  decodedBytes!: number;

  @Field(() => String, { description: 'NONE, GZIP or ZIP.' })
  compression!: FileFacts['compression'];

  @Field(() => String, { description: 'DELIMITED, XML, JSON, JSON_LINES or UNKNOWN.' })
  format!: FileFacts['format'];

  @Field(() => String, { description: 'Its encoding, such as UTF-8.' })
  encoding!: string;

  @Field(() => Boolean, { description: 'Whether it begins with a byte order mark.' })
  hasBom!: boolean;

  @Field(() => String, { nullable: true, description: 'What parts the columns; null where nothing does.' })
  delimiter!: string | null;

  @Field(() => String, { nullable: true, description: 'What stands around values; null where nothing does.' })
  quote!: string | null;

  @Field(() => String, { nullable: true, description: 'LF, CRLF, CR or MIXED; null where lines do not matter.' })
  lineEnd!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The shop platform whose export it is; null when none is known.',
  })
  platform!: string | null;

  static of({ dialect, ...facts }: FileFacts): ReportFile {
    const { delimiter = null, quote = null, lineEnd = null } = dialect ?? {};
    return { ...facts, delimiter, quote, lineEnd };
  }
}

@ObjectType({ description: 'One place where a rule is broken. Personal data is masked.' })
export class FindingSample {
  @Field(() => Float, { nullable: true, description: 'The row, from 1 below the header; null: the whole file.' })
  row!: Sample['row'];

  @Field(() => Float, { nullable: true, description: 'The line of the file on which the row begins, from 1.' })
  line!: Sample['line'];

  @Field(() => String, { nullable: true, description: 'The column, as the file spells it; null: the whole row.' })
  column!: Sample['column'];

  @Field(() => String, { nullable: true, description: 'What stands there, at most 200 characters.' })
  value!: Sample['value'];

  @Field(() => String, { description: 'What to do about it.' })
  message!: Sample['message'];

  @Field(() => String, { nullable: true, description: 'What repairing makes of it; null when it cannot be repaired.' })
  fixed!: Sample['fixed'];
}

@ObjectType('Finding', { description: 'A rule that is broken, wherever it is broken.' })
export class ReportFinding {
  /** What the resolver reads; not part of the schema. */
  samplesFound!: Sample[];

  @Field(() => String, { description: 'The id of the rule, such as `price.format`.' })
  rule!: string;

  @Field(() => String, { description: 'What kind of mistake it is, such as `validation_invalid_format`.' })
  code!: string;

  @Field(() => SeverityEnum as object, { description: 'How bad it is.' })
  severity!: Finding['severity'];

  @Field(() => FindingScopeEnum as object, { description: 'What it speaks of.' })
  scope!: Finding['scope'];

  @Field(() => String, { nullable: true, description: 'The column, as the file spells it; null: none in particular.' })
  column!: Finding['column'];

  @Field(() => String, { description: 'What is wrong.' })
  title!: string;

  @Field(() => String, { description: 'What to do about it, for the first place.' })
  message!: string;

  @Field(() => String, { description: 'Where the rule comes from.' })
  sourceName!: string;

  @Field(() => String, { nullable: true, description: 'Where that is written; null when it is common knowledge.' })
  sourceUrl!: string | null;

  @Field(() => Float, { description: 'How often it is broken.' })
  count!: number;

  @Field(() => Float, { description: 'How many of these can be repaired.' })
  fixable!: number;

  @Field(() => Int, { description: 'How many samples there are, at most 100.' })
  sampleCount!: number;

  static of({ source, samples, ...finding }: Finding): ReportFinding {
    const { name: sourceName, url: sourceUrl } = source;
    return { ...finding, sourceName, sourceUrl, samplesFound: samples, sampleCount: samples.length };
  }
}

@ObjectType({
  description:
    'How the errors and warnings of a version stand to those of the version before: before is fixed + still, after is new + still.',
})
export class ReportDelta {
  @Field(() => Float, { description: 'How many errors and warnings the version before had.' })
  before!: number;

  @Field(() => Float, { description: 'How many errors and warnings there are now.' })
  after!: number;

  @Field(() => Float, { nullable: true, description: 'Gone since; null when there are too many to tell apart.' })
  fixed!: number | null;

  @Field(() => Float, { nullable: true, description: 'Come since; null when there are too many to tell apart.' })
  new!: number | null;

  @Field(() => Float, { nullable: true, description: 'Still there; null when there are too many to tell apart.' })
  still!: number | null;
}

@ObjectType({ description: 'The outcome of validating a submission.' })
export class Report {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => ReportStateEnum as object, { description: 'How far it has got.' })
  state!: ReportHead['state'];

  @Field(() => String, { description: 'The set of rules that the file is judged by.' })
  rules!: string;

  @Field(() => String, { nullable: true, description: 'A stricter or other reading of them; null: the standard one.' })
  profile!: string | null;

  @Field(() => Float, { description: 'Share of valid rows from which the file is accepted, 0 to 1.' })
  threshold!: number;

  @Field(() => DateTime, { description: 'The moment as of which dates are judged.' })
  asOf!: Date;

  @Field(() => VerdictEnum as object, { nullable: true, description: 'What it came to; null until it is done.' })
  verdict!: ReportHead['verdict'];

  @Field(() => Boolean, { description: 'False when the file could not be read to its end.' })
  isReadable!: boolean;

  @Field(() => Float, { description: 'Rows of the file; 0 until it is done.' })
  rows!: number;

  @Field(() => Float, { description: 'Rows without an error; 0 until it is done.' })
  valid!: number;

  @Field(() => Float, { description: 'Errors found; 0 until it is done.' })
  errors!: number;

  @Field(() => Float, { description: 'Warnings found; 0 until it is done.' })
  warnings!: number;

  @Field(() => ReportDelta, {
    nullable: true,
    description: 'How it stands to the version before; null when there is nothing to compare with.',
  })
  delta!: ReportDelta | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was begun.' })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was done.' })
  finishedAt!: Date | null;
}

@ObjectType({ description: 'How far validating has got, live. Counts are those so far.' })
export class ValidationProgress {
  @Field(() => ID, { description: 'The submission.' })
  submissionId!: string;

  @Field(() => ReportStateEnum as object, { nullable: true, description: 'Null while nothing has arrived yet.' })
  state!: ReportHead['state'] | null;

  @Field(() => VerdictEnum as object, { nullable: true, description: 'The verdict; null until it is done.' })
  verdict!: ReportHead['verdict'];

  @Field(() => Float, { description: 'Bytes read so far.' })
  bytes!: number;

  @Field(() => Float, { description: 'Bytes of the whole file.' })
  sizeBytes!: number;

  @Field(() => Float, { description: 'Rows so far.' })
  rows!: number;

  @Field(() => Float, { description: 'Errors so far.' })
  errors!: number;

  @Field(() => Float, { description: 'Warnings so far.' })
  warnings!: number;

  @Field(() => Int, { description: 'How many findings there are so far; 0 once the report has them.' })
  findingCount!: number;

  @Extensions({ listSize: 12 })
  @Field(() => [ReportFinding], {
    description: 'The worst and most frequent of them so far, at most 12, each with one sample.',
  })
  findings!: ReportFinding[];
}

@ObjectType({ description: 'Why something was accepted in spite of its findings.' })
export class SubmissionAcceptance {
  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  /** What the resolver reads; not part of the schema. */
  personId!: string;
}

@ObjectType({ description: 'What the viewer may do with a submission now.' })
export class SubmissionViewerCan {
  @Field(() => Boolean, { description: 'Accept it in spite of its findings.' })
  accept!: boolean;

  @Field(() => Boolean, { description: 'Have it checked again, with other columns or a currency.' })
  recheck!: boolean;

  @Field(() => Boolean, { description: 'Make a repaired version of it.' })
  repair!: boolean;
}

@ObjectType({ description: 'One value before and after repairing. Personal data is masked.' })
export class RepairPair {
  @Field(() => Float, { description: 'The row, from 1 below the header.' })
  row!: number;

  @Field(() => String, { description: 'The column, as the file spells it.' })
  column!: string;

  @Field(() => String, { nullable: true, description: 'The rule whose repair it is; null for a value of a person.' })
  rule!: string | null;

  @Field(() => String, { description: 'What stands there.' })
  before!: string;

  @Field(() => String, { description: 'What would stand there.' })
  after!: string;
}

@ObjectType({ description: 'How many values one repair would change.' })
export class RepairCount {
  @Field(() => String, { description: 'The rule.' })
  rule!: string;

  @Field(() => String, { nullable: true, description: 'The column; null: wherever it was found.' })
  column!: string | null;

  @Field(() => Float, { description: 'How many values.' })
  changes!: number;
}

@ObjectType({ description: 'What repairing would do.' })
export class RepairPreview {
  @Field(() => Float, { description: 'How many values would change.' })
  changes!: number;

  @Extensions({ listSize: 40 })
  @Field(() => [RepairPair], { description: 'The first of each repair, at most 20 of one and 100 in all.' })
  pairs!: RepairPair[];

  @Extensions({ listSize: 20 })
  @Field(() => [RepairCount], { description: 'How many by repair.' })
  fixes!: RepairCount[];
}
