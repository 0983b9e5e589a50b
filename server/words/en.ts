import { checkMails } from './checkMails.ts';
import { cli } from './cli.ts';
import { conditions } from './conditions.ts';
import { delegationMails, delegationsRefused } from './delegations.ts';
import { journeyFiles } from './journeyFiles.ts';
import { journeyTemplates } from './journeyTemplates.ts';
import { list, listRefused } from './list.ts';
import { milestones } from './milestones.ts';
import { placesRefused } from './places.ts';
import { wrongStates } from './states.ts';
import { templateFile } from './templateFile.ts';
import { templatePlaces } from './templatePlaces.ts';
import { templateProblems } from './templateProblems.ts';
import { waysIn } from './waysIn.ts';

/** Every sentence that the server says to people: GraphQL messages, mail, the terminal, HTTP error bodies. */
export const words = {
  cli,
  list,
  userErrors: {
    NOT_ACTIVE: () => 'This is possible only while the project is active.',
    CONFLICT: () => 'Someone changed this while you were looking at it. Look at the current version and try again.',
    EMPTY: () => 'Write something first.',
    TOO_LONG: (params: Params) => `This is too long: at most ${params.max} characters.`,
    ...placesRefused,
    ...listRefused,
    FACT_MISSING: (params: Params) =>
      `It cannot be looked at yet: ${params.facts} of this account is not known. Ask for it in the conversation.`,
    PAGES_MISSING: (params: Params) => `Give an address of each kind of page. Missing: ${params.pages}.`,
    INVALID_FILE_NAME: () => 'Give the file a name of 1 to 255 characters.',
    FILE_TOO_LARGE: (params: Params) => `This file is too large: at most ${params.maxBytes} bytes.`,
    FILE_TYPE_NOT_ACCEPTED: (params: Params) => `This kind of file is not accepted here. Accepted: ${params.accepted}.`,
    UPLOAD_INCOMPLETE: () => 'The upload is not complete yet. Resume it, then finish.',
    WRONG_KIND: (params: Params) => `This task asks for something else: ${params.wanted}.`,
    ...wrongStates,
    ...delegationsRefused,
    PROJECT_OVER: () => 'The integration is closed or cancelled: nothing in it is worked on any more.',
    NOT_ASSIGNABLE: () => 'This person cannot be assigned here.',
    NOT_IN_FUTURE: () => 'Choose a moment in the future.',
    TOO_MANY: (params: Params) => `There are ${params.max} already. Take one away first.`,
    NOT_A_SUM: () => 'Give an amount of zero or more, and its currency as three letters, such as EUR.',
    PHASE_NOT_EMPTY: (params: Params) =>
      `${params.count === 1 ? 'A task stands' : `${params.count} tasks stand`} in this phase. Only an empty phase can be removed.`,
    TEMPLATE_NOT_OFFERED: () => 'One of these templates is not offered any more. Choose the templates anew.',
    GATES_OPEN: (params: Params) => `Before this goes live, these have to be done or waived: ${params.titles}.`,
    REASON_MISSING: () => 'Say why, so that the others know what to do.',
    INPUT_NEEDED: () => 'This task is done by handing in what it asks for.',
    PROMISE_DAY: () => 'Choose a day from today on, within a year.',
    NOT_UNDER_WAY: () => 'The integration is not under way: a day can be named once it goes on.',
    NOT_STUCK: () => 'This task is not stuck any more.',
    TARGET_TOO_EARLY: (params: Params) =>
      `This does not fit before the target: everything can be finished on ${params.on} at the earliest.`,
    BEFORE_START: (params: Params) =>
      `This day is too early: it begins on ${params.on}. Choose that day or a later one.`,
    CIRCLE: (params: Params) => `These tasks would wait for each other in a circle: ${params.path}.`,
    OTHER_PROJECT: () => 'Choose something of the same project.',
    SETTINGS_INVALID: (params: Params) => `This setting is out of its bounds: ${params.field}.`,
    OUT_OF_RANGE: (params: Params) => `Give a number from ${params.min} to ${params.max}.`,
    UPDATE_BUILT_ON: (params: Params) => `This cannot be taken back: work went on in ${params.titles}.`,
    TEMPLATE_INCOMPLETE: () => 'The template is not complete yet.',
    TEMPLATE_FILE_INVALID: () => 'This file is no template that can be taken in.',
    TEMPLATE_TOO_LARGE: () => 'This is more than a template may hold. Shorten it, or split it in two.',
    ANSWER_MISSING: (params: Params) => `Answer this question: ${params.label}.`,
    ANSWER_INVALID: (params: Params) => `This answer does not fit the question: ${params.label}.`,
    OUT_OF_BOUNDS: (params: Params) => `This number does not fit: ${params.label}. Accepted: ${params.bounds}.`,
    NOTHING_TO_APPROVE: () => 'There is nothing to approve yet. Wait until it has been handed in.',
    MILESTONE_NOT_REACHED: () => 'Something of this phase is still open. It can be signed off once all of it is done.',
    RATING_OVER: () => 'The time to answer this is over.',
    NOT_REJECTED: () => 'Nothing stands against this file that it could be accepted in spite of.',
    REPORT_NOT_READY: () => 'The file is not checked to its end yet. Wait for its report.',
    NOTHING_TO_REPAIR: () =>
      'There is nothing to repair here: nothing would change, or a newer version came meanwhile.',
    MAPPING_INVALID: () => 'Choose each column once, from those that the rules know, and give every value.',
    TIMES_INVALID: (params: Params) => `Propose one to ${params.max} different times in the future.`,
    NOT_HANDABLE: () =>
      'This task asks for something that only your own people hand in, or it is over. Invite a colleague instead.',
    HANDED_ALREADY: () => 'Somebody has this task already. Take it back first, then hand it to another.',
    NOT_MENTIONABLE: () =>
      'Somebody you named cannot be named here: they do not read this. Choose from the list that @ opens.',
    IN_THREAD: () =>
      'A thread is read by the same people from its first comment to its last, so this cannot change now.',
    TOO_MANY_FILES: (params: Params) => `At most ${params.max} files go with one comment. Send the rest with another.`,
    INVALID_EMAIL: () => 'Enter an e-mail address, such as jana@example.com.',
    INVALID_COLOR: () => 'Give the colour as six digits after a #, such as #0f5f5c.',
    CONTRAST_TOO_LOW: (params: Params) =>
      `White text on this colour has a contrast of ${params.ratio} : 1, and needs ${params.least} : 1. The nearest shade that works is ${params.shade}.`,
    INVALID_CALENDAR: ({ what, max }: Params) => {
      if (what === 'week') return 'Choose at least one working day.';
      if (what === 'hours') return 'Choose an opening hour before the closing hour.';
      return `Days off are dates from 2000 to 2099, at most ${max} of them.`;
    },
    INVALID_TIME_ZONE: () => 'Choose a time zone, such as Europe/Prague.',
    ALREADY_HERE: () => 'Somebody with this address is here already. Find them in the list.',
    ALREADY_INVITED: () => 'This address has been invited already. You can send the invitation again from the list.',
    NOTE_FULL: () => 'The note is full: delete something in it first.',
    MAP_FILE_INVALID: (params: Params) => `There is no journey in this file. ${params.reason}`,
    GAP_GONE: () => 'The map has no such gap any more. Look at the map as it is now.',
    NOT_ON_MAP: () => 'This names something that is not on the map any more. Look at the map as it is now.',
    STILL_NAMED: (params: Params) =>
      `${params.count === 1 ? 'Something stands' : `${params.count} things stand`} here. Move or remove that first.`,
    JOURNEY_ARCHIVED: () => 'This journey is archived. Take it out of the archive to draw on it.',
    STORAGE_FULL: (params: Params) =>
      `Your files take all the room that there is: ${Math.round(Number(params.maxBytes) / 1e9)} GB. Tell your project manager, who can make more.`,
    DISK_FULL: () =>
      'There is no room left on the server. Nothing was changed. Tell your project manager, then try again.',
    EXTERNAL_ID_INVALID: () =>
      'Call the system by a short name of letters, digits, dots and dashes, such as salesforce.',
    SAME_ACCOUNT: () => 'This is the account itself. Choose the other one.',
    FACTS_UNDECIDED: (params: Params) =>
      `Choose for each fact that the two say differently which one stays${params.keys ? `: ${params.keys}` : ''}.`,
    EXTERNAL_IDS_TOO_MANY: (params: Params) =>
      `Together the two have ${params.count} ids in other systems, and an account keeps ${params.max}. Remove ${Number(params.count) - Number(params.max)} that nobody needs, then merge.`,
    EXTERNAL_ID_TAKEN: (params: Params) =>
      `${params.account} has this id already. Change it there first, or merge the two.`,
    TOO_OFTEN: (params: Params) =>
      `That was a lot in a short time. Wait ${params.minutes === 1 ? 'a minute' : `${params.minutes} minutes`}, then try again.`,
  },
  apiErrors: {
    UNAUTHENTICATED: () => 'Sign in first.',
    FORBIDDEN: () => 'You may see this, but not do this.',
    NOT_FOUND: () => 'There is nothing here, or it is not yours to see.',
    BAD_USER_INPUT: () => 'The input is not valid.',
    RATE_LIMITED: () => 'Too many requests. Wait a moment and try again.',
    TOO_COMPLEX: () => 'This request asks for too much at once. Ask for less, or in several requests.',
    UNAVAILABLE: () => 'The database cannot be reached now. Try again in a moment.',
    INTERNAL_SERVER_ERROR: () => 'Something went wrong on our side. The request id says where to look.',
  },
  graphql: {
    tooLong: (params: Params) =>
      `The query is ${params.bytes} bytes long; at most ${params.max} are allowed. Put values into variables.`,
    tooDeep: (params: Params) =>
      `The query is ${params.depth} levels deep; at most ${params.max} are allowed. Ask for the deeper part by its id.`,
    tooManyFields: (params: Params) =>
      `The query has ${params.count} fields and aliases; at most ${params.max} are allowed. Split it into several.`,
    tooManyRoots: (params: Params) =>
      `The query asks ${params.count} root fields; at most ${params.max} are allowed. Split it into several.`,
    tooCostly: (params: Params) =>
      `The query costs ${params.cost}; at most ${params.max} is allowed. Ask for smaller pages.`,
    scopeMissing: (params: Params) => `This token lacks the scope ${params.scope}. Make one that has it.`,
    appRole: () => 'An app cannot be given this role.',
    neverByToken: () => 'No token may do this: it takes a person who is signed in.',
    tokenUnknown: () => 'This token is not one of ours, or it has expired or been revoked.',
    overBudget: (params: Params) =>
      `This minute's ${params.limit} points of cost are spent. Wait ${params.seconds} seconds, or ask for less at once.`,
    badRequest: () =>
      'Send a JSON object with query, and if needed variables (an object), operationName (a text), extensions (an object).',
    noQuery: () => 'The request has no query.',
    subscribeBySocket: () => 'Subscriptions are served over graphql-ws, at the same address.',
    persistedQueries: () => 'Persisted queries are not supported here: send the query itself.',
    fragmentCycle: () => 'The fragments of the query refer to each other in a circle.',
    pageSize: (params: Params) => `Pages hold 1 to ${params.max} items.`,
    offset: (params: Params) => `A list is left out from its beginning by 0 to ${params.max} items.`,
    badDate: () => 'A Date is a day that exists, written YYYY-MM-DD.',
    badJson: () => 'A part of the template is wanted as JSON, and is none.',
    filterTooLong: (params: Params) =>
      `A filter takes up to ${params.values} values, and ${params.characters} characters of text.`,
    noteTooLong: (params: Params) => `The note is longer than ${params.max} characters in this form.`,
    oneOfInput: () => 'Give exactly one field of the input.',
    tooManyIds: (params: Params) => `No more than ${params.max} ids at once.`,
    badCursor: () => 'This cursor is not one of ours.',
    keyReused: () => 'This idempotencyKey was used before with another input. Use a new key.',
    keyInvalid: () => 'An idempotencyKey is 1 to 200 characters.',
    exactlyOneAccount: () => 'Give exactly one of accountId and newAccount.',
    factKey: () => 'An information item is called like shop.domain: two words of letters with a point between.',
    exactlyOneInput: () => 'Give exactly one of url, file and check.',
  },
  checks: {
    /** Why Slipway took a finished task up again. */
    broke: ({ titles }: { titles: readonly string[] }) => {
      const [first = 'It does not work any more', ...others] = titles;
      const more = others.slice(0, 2).map((title) => `${title}.`);
      const rest = others.length > 2 ? [`And ${others.length - 2} more.`] : [];
      return [`${first}.`, ...more, ...rest].join(' ');
    },
  },
  templateProblems,
  templatePlaces,
  templateFile,
  templateUpdate: {
    /** Why a task was waived; read by clients, who know of no template. */
    notAskedAnyMore: () => 'This is not needed any more.',
    askedAgain: () => 'This is needed after all.',
  },
  conditions,
  inputs: {
    FILE: () => 'File',
    URL: () => 'Address',
    FORM: () => 'Answers',
    CREDENTIALS: () => 'Access',
    APPROVAL: () => 'Approval',
    MEETING: () => 'Meeting',
    CHECK: () => 'Check',
    user: () => 'User name',
    password: () => 'Password',
  },
  company: {
    unnamed: () => 'Slipway',
    app: (params: Params) => `${params.name} (app)`,
  },
  journeyFiles,
  journeyTemplates,
  processExport: { fileName: (params: Params) => `process-${params.today}.${params.kind}` },
  auditExport: {
    fileName: (params: Params) => `activity-${params.today}.csv`,
    head: ['When', 'Who', 'What', 'Client', 'Project', 'Task', 'Internal', 'Changes'],
    yes: 'yes',
    no: 'no',
    slipway: 'Slipway',
    change: (params: Params) => `${params.field}: ${params.before} → ${params.after}`,
  },
  exports: {
    fileName: (params: Params) => `integrations-${params.today}.csv`,
    findingsName: (params: Params) => `${params.name}-findings.csv`,
    repairedName: (params: Params) => `${params.name}-repaired${params.ending}`,
    first: ['Client', 'Project', 'State'],
    columns: {
      PLATFORM: ['Platform'],
      PRODUCTS: ['Products'],
      PROGRESS: ['Phase', 'Done %'],
      HEALTH: ['Health', 'Reasons'],
      COURT: ['Waiting on', 'Waiting since'],
      NEXT_DUE: ['Next task', 'Due'],
      TARGET: ['Target'],
      FIRST_LOOK: ['First look'],
      PM: ['Project manager'],
      LAST_CLIENT_ACTIVITY: ['Client last active'],
      REVENUE: ['Revenue a month', 'Currency'],
    },
    projectState: {
      DRAFT: 'Draft',
      ACTIVE: 'Active',
      ON_HOLD: 'On hold',
      LIVE: 'Live',
      CLOSED: 'Closed',
      CANCELLED: 'Cancelled',
    },
    platform: {
      MAGENTO: 'Magento',
      SHOPIFY: 'Shopify',
      WOOCOMMERCE: 'WooCommerce',
      PRESTASHOP: 'PrestaShop',
      BIGCOMMERCE: 'BigCommerce',
      SALESFORCE_COMMERCE_CLOUD: 'Salesforce',
      VTEX: 'VTEX',
      CUSTOM: 'Own platform',
    },
    product: { SEARCH: 'Search', RECOMMENDATIONS: 'Recommendations', EMAIL: 'E-mail', REVIEWS: 'Reviews' },
    health: { ON_TRACK: 'On track', AT_RISK: 'At risk', OFF_TRACK: 'Off track' },
    court: { CLIENT: 'Client', COMPANY: 'Us', THIRD_PARTY: 'Third party', NOBODY: 'Nobody' },
    reason: {
      TARGET_PASSED: (params: Params) => `the target ${params.on} has passed`,
      FORECAST_AFTER_TARGET: (params: Params) => `the forecast, ${params.on}, is after the target`,
      FORECAST_NEAR_TARGET: (params: Params) => `8 of 10 runs of the plan are live only by ${params.on}`,
      DUE_AFTER_TARGET: (params: Params) => `${params.count} due after the target, the last on ${params.on}`,
      GATE_LATE: (params: Params) => `a gate is ${params.days} working days late, which moves the end to ${params.on}`,
      STUCK: (params: Params) => `${params.count} stuck, the longest for ${params.days} working days`,
      CHECK_BROKEN: (params: Params) => `${params.count} checked and broken, the longest since ${params.on}`,
      OVERDUE: (params: Params) => `${params.count} overdue, the longest since ${params.on}`,
      CLIENT_SILENT: (params: Params) => `the client is silent for ${params.days} working days`,
    },
  },
  http: {
    BAD_ASK: () => 'This is no question that a mock asks.',
    FRAME_NOT_BUILT: () => 'The page of the first look is not built yet. Run npm run build, then load this page again.',
    FRAME_TITLE: () => 'First look',
    DISK_FULL: () =>
      'There is no room left for files here. Tell the people who run Slipway, then start the upload again.',
    BAD_USER_INPUT: () => 'The request is not valid JSON of the expected shape.',
    BAD_EXPORT: () => 'This is not the address of a view. Open the overview and take the file from there.',
    BAD_AUDIT_EXPORT: () => 'This is not the address of a list. Open Activity in the settings and take the file there.',
    BAD_PROCESS_EXPORT: () => 'Say nothing, or a project and instants: project=<id>, from=<instant>, before=<instant>.',
    FORBIDDEN_ORIGIN: () => 'This request comes from another site. Open Slipway at its own address and try again.',
    INTERNAL_SERVER_ERROR: () => 'Something went wrong on our side. Try again in a moment.',
    METHOD_NOT_ALLOWED: () => 'This address does not answer this method.',
    NOT_FOUND: () => 'There is nothing here.',
    NOT_A_PICTURE: () => 'A logo is a PNG, JPEG or WebP picture.',
    PAYLOAD_TOO_LARGE: (params: Params) => `The request is too large: at most ${params.maxBytes} bytes.`,
    RATE_LIMITED: (params: Params) => `Too many tries. Wait ${params.seconds} seconds and try again.`,
    UNAVAILABLE: () => 'The database cannot be reached now. Try again in a moment.',
    UPLOAD_TOO_LARGE: (params: Params) => `More bytes than this upload was announced with: ${params.maxBytes}.`,
    UNSUPPORTED_MEDIA_TYPE: () => 'Send the body as application/json.',
  },
  mail: {
    printed: (params: Params) => `Mail for ${params.to}: ${params.path}`,
    printedLink: (params: Params) => `  ${params.link}`,
    signInLink: {
      subject: (params: Params) => `Sign in to ${params.company}`,
      before: [
        (params: Params) => `Hello ${params.name},`,
        (params: Params) =>
          `Use this link to sign in. It works once, within ${params.minutes} minutes, in the browser that asked for it.`,
      ],
      action: () => 'Sign in',
      after: [() => 'You did not ask for it? Then do nothing: without the link nobody gets in.'],
    },
    signInLinkAndCode: {
      subject: (params: Params) => `Sign in to ${params.company}`,
      before: [
        (params: Params) => `Hello ${params.name},`,
        (params: Params) => `Your code is ${params.code}. Type it on the page where you asked for it.`,
        (params: Params) =>
          `Or use this link. Either works once, within ${params.minutes} minutes, in the browser that asked for it.`,
      ],
      action: () => 'Sign in',
      after: [() => 'You did not ask for it? Then do nothing, and give the code to nobody.'],
    },
    invitation: {
      subject: (params: Params) => `${params.inviter} invites you to ${params.company}`,
      before: [
        (params: Params) => `Hello ${params.name},`,
        (params: Params) => `${params.inviter} invites you to follow the integration of ${params.place} in one place.`,
        (params: Params) => `The invitation is for ${params.email}, works once and for ${params.days} days.`,
      ],
      action: () => 'Open the invitation',
      after: [(params: Params) => `You do not know ${params.inviter}? Then do nothing.`],
    },
    invitationKnown: {
      subject: (params: Params) => `You can already sign in to ${params.company}`,
      before: [
        (params: Params) => `Hello ${params.name},`,
        (params: Params) =>
          `${params.inviter} tried to invite ${params.email}. You can sign in with this address already, so nothing has changed.`,
      ],
      action: () => 'Sign in',
      after: [() => 'You did not expect this? Then do nothing, or tell your project manager.'],
    },
    ...delegationMails,
    handover: {
      subject: (params: Params) => `${params.giver} hands you a task: ${params.title}`,
      before: [
        () => 'Hello,',
        (params: Params) =>
          `${params.giver} asks you to do one task of ${params.account}'s integration with ${params.company}: “${params.title}”.`,
        (params: Params) => (params.message === '' ? '' : `They write: “${params.message}”`),
        (params: Params) =>
          `The link is for ${params.email} alone and opens this task only, until ${params.until}. It works once; the page sends you a new one whenever you need it.`,
      ],
      action: () => 'Open the task',
      after: [(params: Params) => `You do not know ${params.giver}? Then do nothing.`],
    },
    passwordSet: {
      subject: (params: Params) => `Your password for ${params.company} was set`,
      before: [
        (params: Params) => `Hello ${params.name},`,
        () => 'Your password was set or changed just now, and all your other sessions have ended.',
      ],
      action: () => 'Open your profile',
      after: [
        () =>
          'It was not you? Then sign in with a link by mail, sign out, which ends every session, sign in again and set a new password. Tell us as well.',
      ],
    },
    passwordRemoved: {
      subject: (params: Params) => `Your password for ${params.company} was removed`,
      before: [
        (params: Params) => `Hello ${params.name},`,
        () => 'Your password was removed just now, and all your other sessions have ended. You sign in by mail alone.',
      ],
      action: () => 'Open your profile',
      after: [
        () =>
          'It was not you? Then sign in with a link by mail and sign out again, which ends every session. Tell us as well.',
      ],
    },
    ...checkMails,
  },
  milestones,
  handover: {
    guest: (params: Params) => `${params.name} (guest)`,
    HANDOVER_INVALID: () => 'This link is not complete, or it is an older one. Open the newest mail.',
    HANDOVER_USED: () => 'This link was used already. Ask for a new one on the page that it leads to.',
    HANDOVER_OVER: () => 'This task is not with you any more.',
    HANDOVER_OTHER: () => 'This link was sent to another address.',
    HANDOVER_SPENT: () => 'That was the wrong address too often, so this link has ended. A new one can be sent.',
    NAME_MISSING: () => 'Give your name, so that the others know who writes.',
  },
  ...waysIn,
  terminal: {
    badConfig: () => 'Slipway cannot start with these settings:',
    databaseUnreachable: (params: Params) => `The database of DATABASE_URL cannot be reached: ${params.reason}`,
    inUse: (params: Params) =>
      `${params.dataDir} is in use by another Slipway: process ${params.pid}, started ${params.startedAt}.`,
    inUseAt: (params: Params) =>
      `${params.dataDir} is in use by another Slipway at ${params.url}: process ${params.pid}, started ${params.startedAt}.`,
    notAllowed: (params: Params) => `Slipway is not allowed to do what it needs: ${params.reason}`,
    portInUse: (params: Params) => `Port ${params.port} is in use. Set PORT to a free one, or 0 for any.`,
    ready: (params: Params) => `Slipway is ready at ${params.url}`,
    schemaTooNew: () => 'The database was migrated by a newer version of Slipway. Start that version, or a newer one.',
    setUp: (params: Params) => `Nobody is here yet. Set Slipway up with this link, which works once: ${params.link}`,
    signInMail: () => 'Sign in with your e-mail address: a link arrives by mail.',
    signInPrinted: (params: Params) =>
      `Sign in with your e-mail address: the link is printed here, and the mail kept in ${params.dataDir}/mail.`,
    signInSample: () => 'Open it on this machine and sign in as one of the sample people, with one click.',
  },
} as const;

type Params = Record<string, string | number>;
