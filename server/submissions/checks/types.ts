import { Extensions, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { checkResults, checkStandings } from '../../../drizzle/schema/index.ts';
import { type CredentialsPlatform, credentialsPlatforms, type InputSpec } from '../../inputs.ts';
import { connectionTypes } from '../../platform/graphql/connection.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Payload } from '../../platform/graphql/payload.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import type { TaskSeen } from '../../tasks/queries.ts';
import { Task } from '../../tasks/types.ts';
import type { SubmissionRow } from '../queries.ts';
import { SeverityEnum, VerdictEnum } from '../reports/types.ts';
import { Submission } from '../types.ts';
import type { FactFinding, FactSample } from '../validation/facts/rule.ts';
import { CheckPageTypeEnum } from './givenTypes.ts';
import type { CheckRow, CheckRunRow } from './queries.ts';
import { type PageGiven, recordShown, subjectOf } from './subject.ts';

export const CheckKindEnum = enumOf(['DNS', 'URL', 'TAG', 'WEBHOOK', 'SITEMAP', 'IMAGE', 'FEED', 'CREDENTIALS']);
registerEnumType(CheckKindEnum, {
  name: 'CheckKind',
  description: 'What is looked at.',
  valuesConfig: {
    DNS: { description: 'Records of a domain.' },
    URL: { description: 'A page.' },
    TAG: { description: 'A script in pages.' },
    WEBHOOK: { description: 'An address that takes signed events.' },
    SITEMAP: { description: 'A sitemap.' },
    IMAGE: { description: 'A picture.' },
    FEED: { description: 'A feed, whose rows are then judged as a file.' },
    CREDENTIALS: { description: 'Credentials, tried by one call that reads.' },
  },
});

export const CredentialsPlatformEnum = enumOf(credentialsPlatforms);
registerEnumType(CredentialsPlatformEnum, {
  name: 'CredentialsPlatform',
  description: 'A platform whose credentials can be tried by one call that reads.',
  valuesConfig: {
    SHOPIFY: { description: 'An Admin access token; tells its rights.' },
    MAGENTO: { description: 'The access token of an integration, used alone.' },
    WOOCOMMERCE: { description: 'A consumer key with its secret.' },
    PRESTASHOP: { description: 'A key of the webservice; tells its rights.' },
    BIGCOMMERCE: { description: 'The access token of an API account.' },
    VTEX: { description: 'An application key with its token.' },
  },
});

export const CheckStandingEnum = enumOf(checkStandings);
registerEnumType(CheckStandingEnum, {
  name: 'CheckStanding',
  description: 'What the runs of a check come to together.',
  valuesConfig: {
    PASSING: { description: 'The last runs were good.' },
    DEGRADED: { description: 'It warns, or has failed less than three times in a row.' },
    BROKEN: { description: 'It failed three times in a row.' },
    FLAPPING: { description: 'It changed between good and bad more than four times within a day.' },
  },
});

export const CheckResultEnum = enumOf(checkResults);
registerEnumType(CheckResultEnum, {
  name: 'CheckResult',
  description: 'What one run came to.',
  valuesConfig: {
    PASSED: { description: 'Nothing was found.' },
    WARNED: { description: 'Something should be mended, and it works.' },
    FAILED: { description: 'It does not work as it is.' },
  },
});

@ObjectType({ description: 'A record as it is entered at the provider of a domain.' })
export class InputRecord {
  @Field(() => String, { description: 'CNAME, TXT or CAA; SPF, DKIM, DMARC and BULK are judged by their own rules.' })
  type!: string;

  @Field(() => String, { description: "Relative to the client's domain; `@` is the domain itself." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What stands there, to be copied; null when more than one is right.',
  })
  value!: string | null;
}

@ObjectType({
  description: 'What of an input is looked at by itself. The parts that its kind does not have are null or empty.',
})
export class InputWanted {
  @Field(() => CheckKindEnum as object, { description: 'What is looked at.' })
  of!: keyof typeof CheckKindEnum;

  @Field(() => Int, { nullable: true, description: 'How often it is looked again; null: when somebody asks.' })
  everyMinutes!: number | null;

  @Extensions({ listSize: 8 })
  @Field(() => [InputRecord], { description: 'Of DNS: what the domain has to hold, in order.' })
  records!: InputRecord[];

  @Extensions({ listSize: 3 })
  @Field(() => [CheckPageTypeEnum as object], { description: 'Of TAG: at least one address of each of these.' })
  pageTypes!: readonly (keyof typeof CheckPageTypeEnum)[];

  @Field(() => [String], { description: 'Of URL: how its content type may begin; empty: anything.' })
  contentTypes!: readonly string[];

  @Field(() => String, { nullable: true, description: 'Of IMAGE: what it is for, such as `square-logo`.' })
  use!: string | null;

  @Field(() => String, { nullable: true, description: "Of TAG: a part of the script's address." })
  script!: string | null;

  @Field(() => String, { nullable: true, description: 'Of TAG: the account that it names.' })
  accountId!: string | null;

  @Field(() => CredentialsPlatformEnum as object, {
    nullable: true,
    description: 'Of CREDENTIALS: whose interface they are tried at.',
  })
  platform!: CredentialsPlatform | null;

  @Extensions({ listSize: 4 })
  @Field(() => [String], { description: 'Of CREDENTIALS: the rights that are needed, as the platform names them.' })
  scopes!: readonly string[];

  /** Null for what nothing but a person looks at. */
  static of(spec: InputSpec): InputWanted | null {
    const words = { use: null, script: null, accountId: null, platform: null };
    const none = { records: [], pageTypes: [], contentTypes: [], scopes: [], ...words };
    if (spec.kind === 'CREDENTIALS') {
      return spec.test ? { ...none, ...spec.test, of: 'CREDENTIALS', everyMinutes: null } : null;
    }
    if (spec.kind === 'URL') {
      return spec.check ? { ...none, of: 'FEED', everyMinutes: spec.everyMinutes ?? null } : null;
    }
    if (spec.kind !== 'CHECK') return null;
    const { check, everyMinutes } = spec;
    const base = { ...none, of: check.of, everyMinutes };
    switch (check.of) {
      case 'DNS':
        return { ...base, records: check.records.map(recordShown) };
      case 'URL':
        return { ...base, contentTypes: check.types };
      case 'TAG':
        return { ...base, pageTypes: check.pageTypes, script: check.script, accountId: check.accountId };
      case 'IMAGE':
        return { ...base, use: check.use };
      default:
        return base;
    }
  }
}

@ObjectType({ description: 'A page that is looked at.' })
export class CheckPage {
  @Field(() => String, { description: 'Its address.' })
  url!: string;

  @Field(() => CheckPageTypeEnum as object, { description: 'What kind of page it is.' })
  type!: PageGiven['type'];
}

@ObjectType({ description: 'A rule, as it was told.' })
export class CheckRule {
  @Field(() => String, { description: 'Its id, such as `DNS-02.missing`.' })
  rule!: string;

  @Field(() => String, { description: 'What is or was wrong.' })
  title!: string;
}

/** What is told of a place, and of a rule at the first of its places. */
@ObjectType()
abstract class Place {
  @Field(() => String, { nullable: true, description: 'Where: a host, an address, a part of the thing.' })
  at!: string | null;

  @Field(() => String, { nullable: true, description: 'What should be there.' })
  expected!: string | null;

  @Field(() => String, { nullable: true, description: 'What is there.' })
  found!: string | null;

  @Field(() => String, { nullable: true, description: 'What to put there, to be copied.' })
  fix!: string | null;

  @Field(() => String, { description: 'What to do about it.' })
  message!: string;
}

@ObjectType({ description: 'A place where a rule is broken.' })
export class CheckMark extends Place {
  static of({ column, value, fixed, message, expected = null }: FactSample): CheckMark {
    return { at: column, expected, found: value, fix: fixed, message };
  }
}

@ObjectType({ description: 'A rule that is broken, with what was expected and found at the first place.' })
export class CheckFinding extends Place {
  /** What the resolver reads; not part of the schema. */
  samples!: FactSample[];

  @Field(() => String, { description: 'The id of the rule, such as `DNS-02.missing`.' })
  rule!: string;

  @Field(() => SeverityEnum as object, { description: 'How bad it is.' })
  severity!: FactFinding['severity'];

  @Field(() => String, { description: 'What is wrong.' })
  title!: string;

  @Field(() => String, { description: 'Where the rule comes from.' })
  sourceName!: string;

  @Field(() => String, { nullable: true, description: 'Where that is written; null when it is common knowledge.' })
  sourceUrl!: string | null;

  @Field(() => Int, { description: 'At how many places.' })
  count!: number;

  static of({ source, column, ...finding }: FactFinding): CheckFinding {
    return { ...finding, at: column, sourceName: source.name, sourceUrl: source.url };
  }
}

@ObjectType({ description: 'One look, and what it came to.' })
export class CheckRun {
  @Field(() => ID, { description: 'Its own id.' })
  id!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => CheckResultEnum as object, { description: 'What it came to.' })
  result!: CheckRunRow['result'];

  @Field(() => VerdictEnum as object, { description: 'The same, as a verdict on what was handed in.' })
  verdict!: CheckRunRow['verdict'];

  @Field(() => Int, { description: 'How long it took.' })
  tookMs!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of TAG: the pages were judged after their scripts ran in a browser; null when none was reached.',
  })
  isRendered!: boolean | null;
}

export const { ConnectionType: CheckRunConnection } = connectionTypes('CheckRun', () => CheckRun);

@ObjectType({ description: 'What the viewer may do with a check now.' })
export class CheckViewerCan {
  @Field(() => Boolean, { description: 'Have it looked at again.' })
  checkAgain!: boolean;
}

@ObjectType({ description: 'What is looked at for a submission, again and again while it counts.' })
export class Check {
  /** What the resolvers read; not part of the schema. */
  row!: CheckRow;
  submission!: SubmissionRow;

  @Field(() => ID, { description: 'Its own id.' })
  id!: string;

  @Field(() => CheckKindEnum as object, { description: 'What is looked at.' })
  of!: keyof typeof CheckKindEnum;

  @Field(() => String, { description: 'The domain, the address, the first page, or the name of a platform.' })
  subject!: string;

  @Extensions({ listSize: 3 })
  @Field(() => [CheckPage], { description: 'Of TAG: the pages.' })
  pages!: CheckPage[];

  @Field(() => CheckStandingEnum as object, { description: 'What its runs come to together.' })
  standing!: CheckRow['standing'];

  @Field(() => DateTime, { nullable: true, description: 'Since when; null before the first run.' })
  standingSince!: Date | null;

  @Field(() => Boolean, { description: 'Somebody waits for a run. Those by the clock are not told.' })
  isRunning!: boolean;

  @Field(() => Boolean, { description: 'It never runs again: another version took its place, or the project ended.' })
  isEnded!: boolean;

  @Field(() => Boolean, { description: 'It came out well at least once.' })
  hasPassed!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When it last ran; null before the first run.' })
  lastAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it runs next by itself; null: when somebody asks.' })
  nextAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'How often it runs by itself; null: never.' })
  everyMinutes!: number | null;

  @Field(() => Boolean, { description: 'A secret is kept with it: of a webhook, or a user and password of a feed.' })
  hasSecret!: boolean;

  @Extensions({ listSize: 8 })
  @Field(() => [CheckRule], { description: 'Broken by the last run, and not by the last one that came out otherwise.' })
  appeared!: CheckRule[];

  @Extensions({ listSize: 8 })
  @Field(() => [CheckRule], { description: 'The other way round.' })
  mended!: CheckRule[];

  static of(row: CheckRow, submission: SubmissionRow): Check {
    const { id, standing, standingSince, isRunning, lastAt, nextAt, everyMinutes, appeared, mended } = row;
    return {
      ...{ row, submission, id, standing, standingSince, isRunning, lastAt, nextAt, everyMinutes, appeared, mended },
      of: row.spec.kind,
      subject: subjectOf(row.spec),
      pages: row.spec.kind === 'TAG' ? row.spec.pages : [],
      isEnded: row.endedAt !== null,
      hasPassed: row.passedAt !== null,
      hasSecret: row.sealed !== null,
    };
  }
}

@InputType({ description: 'What checkAgain needs.' })
export class CheckAgainInput {
  @Field(() => String, { description: 'Made by the caller; a repeat of the same key asks nothing more.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The outcome of checkAgain.' })
export class CheckAgainPayload extends Payload {
  @Field(() => Submission, { nullable: true, description: 'The submission as it is now.' })
  submission!: SubmissionRow | null;

  @Field(() => Task, { nullable: true, description: 'The task as it is now.' })
  task!: TaskSeen | null;
}
