import { sql } from 'drizzle-orm';
import { company } from '../../drizzle/schema/index.ts';
import { type Viewer, viewerFrom } from '../access/viewer.ts';
import { accountCalendarSet } from '../accounts/calendars/commands.ts';
import { accountCreate, companyCreate, partnerAttach, personAdd } from '../accounts/commands.ts';
import { firstLookHere } from '../firstLook/run/inline/commands.ts';
import type { Db } from '../platform/database/transaction.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Services } from '../platform/services.ts';
import { checkJob } from '../submissions/checks/commands.ts';
import { projectCreate } from '../templates/commands.ts';
import {
  type AccountKey,
  factsOf,
  type PersonKey,
  type SampleAccount,
  sampleAccounts,
  sampleClients,
  sampleCompany,
  sampleLeads,
  samplePartners,
  sampleStaff,
} from './cast.ts';
import { enterJourneys } from './journeys/enter.ts';
import { moveHomes } from './journeys/moving.ts';
import { perform, viewerOf } from './player.ts';
import { fjordStory } from './stories/fjord.ts';
import { lavandeStory } from './stories/lavande.ts';
import { nordlichtStory } from './stories/nordlicht.ts';
import { petraStory } from './stories/petra.ts';
import type { Step } from './story.ts';
import { workdayBefore } from './workdays.ts';

/** Any number that no other lock of ours has. */
const sampleLock = 7_240_311;
const longestStoryWorkdays = 40;
/** When the maps were drawn. */
const mappingWorkdaysAgo = 30;

/** Acts that may bring a file that a first look is made of. */
const deliveries: ReadonlySet<Step['act']['do']> = new Set(['deliverFile', 'deliverPlace', 'lookAgain']);

type Moment = { at: Date; run: () => Promise<void> };

/**
 * Fills an empty database with the sample company, by the commands that people's own requests use, as if it had worked
 * for weeks. One transaction: a first start that is killed leaves nothing behind, and the next one begins anew.
 * Answers false, and does nothing, when there is a company already.
 */
export async function loadSample(services: Services): Promise<boolean> {
  return services.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sampleLock})`);
    const [existing] = await tx.select({ id: company.id }).from(company).limit(1);
    if (existing) return false;
    const clock = new SampleClock(services.clock.now());
    // Commands open transactions of their own: inside this one they become savepoints.
    const db = tx as unknown as Db;
    const config = { ...services.config, linkSamples: 0 };
    await play({ ...services, db, clock, config, jobs: withoutLooks(services.jobs) }, clock);
    return true;
  });
}

/** Nothing of the sample is looked at after its story is told: the places in it answer nobody. */
function withoutLooks(jobs: Jobs): Jobs {
  return {
    ...jobs,
    enqueue: async (tx, kind, payload) => {
      if (kind !== checkJob) await jobs.enqueue(tx, kind, payload);
    },
  };
}

/** Stands where the story is. */
class SampleClock {
  #at: Date;

  constructor(readonly realNow: Date) {
    this.#at = realNow;
  }

  now(): Date {
    return this.#at;
  }

  /** Never goes back, and never beyond the real time. */
  moveTo(at: Date): void {
    if (at > this.realNow) throw new Error(`The sample would reach into the future: ${at.toISOString()}.`);
    this.#at = at;
  }
}

async function play(services: Services, clock: SampleClock): Promise<void> {
  const now = clock.realNow;
  const people = new Map<PersonKey, Viewer>();
  const projectIds = new Map<AccountKey, string>();
  clock.moveTo(new Date(`${workdayBefore(now, longestStoryWorkdays)}T08:00:00Z`));
  await companyCreate(services, null, { ...sampleCompany, holidays: publicHolidays(now) });
  for (const [key, person] of entries(sampleStaff)) {
    const { value } = await personAdd(services, null, { ...person, accountId: null, isSample: true });
    people.set(key, viewerFrom({ personId: value.id, sessionId: value.id, role: person.role, accountId: null }));
  }

  const ctxOf = (key: PersonKey) => ({ ...services, viewer: viewerOf(people, key), loaders: new Map() });
  const moments: Moment[] = [
    {
      at: new Date(`${workdayBefore(now, mappingWorkdaysAgo)}T13:00:00Z`),
      run: () => enterJourneys(ctxOf('mara'), [ctxOf('nia'), ctxOf('tom'), ctxOf('pavel')]),
    },
    ...([1, 2] as const).map((move) => ({
      at: new Date(`${workdayBefore(now, mappingWorkdaysAgo - 9 * move)}T09:00:00Z`),
      run: () => moveHomes(ctxOf('mara'), move),
    })),
  ];
  for (const [key, account] of entries<AccountKey, SampleAccount>(sampleAccounts)) {
    const signedOn = workdayBefore(now, account.signedWorkdaysAgo);
    const begin = async () => {
      projectIds.set(key, await startProject(services, people, account, signedOn));
    };
    moments.push({ at: new Date(`${signedOn}T07:30:00Z`), run: begin });
  }
  for (const step of sampleSteps(now)) {
    const run = async () => {
      const projectId = projectIds.get(step.account);
      if (projectId) await perform(services, people, step.by, projectId, step.act);
    };
    moments.push({ at: step.at, run });
    // A first look is there a minute after what it is made of.
    const look = async () => {
      const projectId = projectIds.get(step.account);
      if (projectId) await firstLookHere(services, projectId);
    };
    if (deliveries.has(step.act.do)) moments.push({ at: minuteAfter(step.at, now), run: look });
  }
  // In the order of time over all projects, so that the log of the company reads like one that grew.
  for (const { at, run } of moments.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    clock.moveTo(at);
    await run();
  }
}

function minuteAfter(at: Date, now: Date): Date {
  return new Date(Math.min(at.getTime() + 60_000, now.getTime()));
}

/** Christmas and New Year, this year and the next: nobody goes live on a day on which nobody works. */
function publicHolidays(now: Date): string[] {
  const year = now.getUTCFullYear();
  return [year, year + 1].flatMap((one) => [`${one}-01-01`, `${one}-12-25`, `${one}-12-26`]);
}

/** What everybody did in the weeks before `now`. */
export function sampleSteps(now: Date): Step[] {
  return [
    ...fjordStory(sampleAccounts.fjord.signedWorkdaysAgo, now).steps,
    ...lavandeStory(sampleAccounts.lavande.signedWorkdaysAgo, now).steps,
    ...nordlichtStory(sampleAccounts.nordlicht.signedWorkdaysAgo, now).steps,
    ...petraStory(sampleAccounts.petra.signedWorkdaysAgo, now).steps,
  ];
}

async function startProject(
  services: Services,
  people: Map<PersonKey, Viewer>,
  account: SampleAccount,
  signedOn: string,
): Promise<string> {
  const pm = viewerOf(people, account.pm);
  const { name, website, timeZone } = account;
  const { value: made } = await accountCreate(services, pm.personId, {
    name,
    website,
    timeZone,
    facts: factsOf(account),
  });
  for (const key of account.clients) {
    const role = sampleLeads.includes(key) ? 'CLIENT_LEAD' : 'CLIENT_MEMBER';
    const added = { ...sampleClients[key], role, accountId: made.id, isSample: true } as const;
    const { value } = await personAdd(services, pm.personId, added);
    people.set(key, viewerFrom({ personId: value.id, sessionId: value.id, role, accountId: made.id }));
  }
  const ctx = { ...services, viewer: pm, loaders: new Map() };
  if (account.daysOff) {
    const year = signedOn.slice(0, 4);
    const holidays = account.daysOff.map((day) => `${year}-${day}`);
    await accountCalendarSet(ctx, made.id, { revision: 1, workingDays: null, holidays });
  }
  const { value: project } = await projectCreate(ctx, {
    idempotencyKey: `sample ${account.slug}`,
    account: { id: made.id },
    templateKeys: account.playbookKeys,
    platform: account.platform,
    products: account.products,
    name: account.projectName,
    pmId: pm.personId,
    signedOn,
    targetOn: null,
    revenue: { amountMinor: account.revenueMinor, currency: sampleCompany.currency },
    isDraft: false,
  });
  for (const key of account.partners ?? []) {
    const added = { ...samplePartners[key], role: 'PARTNER', accountId: null, isSample: true } as const;
    const { value } = await personAdd(services, pm.personId, added);
    await partnerAttach(ctx, value.id, project.id);
  }
  return project.id;
}

function entries<K extends string, V>(record: Record<K, V>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
