import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { inboxItems, people, projectPartners, projects, sessions } from '../../drizzle/schema/index.ts';
import type { Role } from '../../server/access/viewer.ts';
import type { TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';
import { canaryOf, done, type Furnished, furnish } from './furnished.ts';
import { drawMap, type MapIds, partNouns } from './mapParts.ts';
import { tokenOf } from './tokenActor.ts';

/** Everything that has an id, by what the arguments of the API call it. */
export const nouns = [
  ...['project', 'phase', 'task', 'comment', 'input', 'submission', 'meeting', 'note', 'file'],
  ...['account', 'person', 'session', 'invitation', 'token', 'savedView', 'template', 'templateVersion'],
  'inboxItem',
  'delegation',
  'journey',
  'mapComment',
  ...Object.values(partNouns),
] as const;
export type Noun = (typeof nouns)[number];

/** The actors of the security cases: each has a part in the first account's project, or had one. */
export type Actors = {
  member: Session;
  lead: Session;
  viewer: Session;
  partner: Session;
  token: Session;
  removed: Session;
};

/** Two accounts and the inside of the company, furnished with everything there is. */
export type Tenants = {
  admin: Session;
  pm: Session;
  actors: Actors;
  /** Ids that these actors may know, by noun. */
  own: Record<string, string>;
  /** Ids that exist and that none of them may know: noun, then where it stands. */
  hidden: Record<Noun, Record<string, string>>;
  /** The own project's furniture too, for its inputs by kind. */
  places: Record<'own' | 'foreign' | 'internal' | 'draft', Furnished>;
  /** The company's map. */
  map: MapIds;
  /** Words of the company's inside that hang on no task. */
  inside: Record<string, string>;
};

type OfMap = Record<keyof MapIds, Record<string, string>>;

const key = () => crypto.randomUUID();

export async function makeTenants(app: TestApp): Promise<Tenants> {
  const { world } = app;
  const { db } = app.services;
  const [mine, theirs] = world.clients;
  if (!mine || !theirs) throw new Error('Two accounts are needed.');
  const inside: Record<string, string> = {};
  const say = (thing: string) => {
    inside[thing] = canaryOf('inside', thing);
    return inside[thing];
  };
  const person = (name: string, email: string, role: Role, accountId: string | null = null) =>
    addPerson(app, { name, email: `${email}@isolation.example`, role, accountId });
  const ofAccount = (role: Role) => person(`Of ${role}`, `own.${role.toLowerCase()}`, role, mine.account.id);

  const admin = await app.signIn({ id: await person('Admin of the test', say('adminAddress'), 'ADMIN') });
  const pm = await app.signIn(world.pm);
  const member = await app.signIn({ id: await ofAccount('CLIENT_MEMBER') });
  const lead = await app.signIn({ id: await ofAccount('CLIENT_LEAD') });
  const viewer = await app.signIn({ id: await ofAccount('CLIENT_VIEWER') });
  const partnerId = await person('Agency of the shop', 'own.partner', 'PARTNER');
  await attach(app, partnerId, mine.project.id);
  const partner = await app.signIn({ id: partnerId });
  const token = await tokenOf(member);
  const goneId = await person('Gone from the shop', 'own.gone', 'CLIENT_MEMBER', mine.account.id);
  const removed = await app.signIn({ id: goneId });
  await admin.ask('mutation ($id: ID!) { personRemove(id: $id) { userErrors { code } } }', { id: goneId });

  const places = {
    own: await furnish(app, pm, mine.project.id, 'own'),
    foreign: await furnish(app, pm, theirs.project.id, 'foreign'),
    internal: await furnish(app, pm, mine.project.id, 'internal'),
    draft: await draftOf(app, pm, mine.account.id, world.pm.id),
  };

  // What hangs on no task: people, invitations, tokens, views and templates.
  const foreignAddress = `${say('foreignAddress')}@isolation.example`;
  const foreignPerson = await addPerson(app, {
    name: say('foreignPerson'),
    email: foreignAddress,
    role: 'CLIENT_MEMBER',
    accountId: theirs.account.id,
  });
  await app.signIn({ id: foreignPerson });
  const foreignPartner = await person(say('foreignPartner'), say('partnerAddress'), 'PARTNER');
  await attach(app, foreignPartner, theirs.project.id);
  const invited = {
    email: `${say('invitedAddress')}@isolation.example`,
    name: say('invitedName'),
    role: 'CLIENT_MEMBER',
    accountId: theirs.account.id,
    idempotencyKey: key(),
  };
  const { invitation } = await done<{ invitation: { id: string } }>(
    admin,
    'personInvite',
    'PersonInviteInput',
    { input: invited },
    'invitation { id }',
  );
  const { token: staffToken } = await done<{ token: { id: string } }>(
    pm,
    'tokenCreate',
    'TokenCreateInput',
    { input: { name: say('tokenName'), scopes: ['PROJECTS_READ'], idempotencyKey: key() } },
    'token { id }',
  );
  const inAMonth = new Date(app.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  const { delegation } = await done<{ delegation: { id: string } }>(
    pm,
    'approvalDelegate',
    'ApprovalDelegateInput',
    { input: { toId: admin.personId, from: inAMonth, until: inAMonth, idempotencyKey: key() } },
    'delegation { id }',
  );
  const definition = { filter: {}, sort: { by: 'CLIENT', direction: 'ASCENDING' }, columns: ['HEALTH'] };
  const { savedView } = await done<{ savedView: { id: string } }>(
    pm,
    'savedViewCreate',
    'SavedViewCreateInput',
    { input: { name: say('viewName'), isShared: true, definition, idempotencyKey: key() } },
    'savedView { id }',
  );
  const { template } = await done<{ template: { id: string; draft: { id: string } } }>(
    pm,
    'templateCreate',
    'TemplateCreateInput',
    { input: { name: say('templateName'), platform: 'SHOPIFY', products: ['SEARCH'], idempotencyKey: key() } },
    'template { id draft { id } }',
  );
  const map = await drawMap(pm, say);
  // The amount and the reasons that staff keep for themselves.
  const admins = async (name: string, input: string, variables: object) =>
    done(admin, name, input, variables, 'position');
  await admins('projectHealthOverride', 'ProjectHealthOverrideInput', {
    id: mine.project.id,
    input: { revision: 0, health: 'AT_RISK', reason: say('healthReason'), expiresOn: '2026-04-01' },
  });
  const { project: now } = await pm.ask('query ($id: ID!) { project(id: $id) { revision } }', { id: mine.project.id });
  inside.revenue = '987654321';
  await admins('projectEdit', 'ProjectEditInput', {
    id: mine.project.id,
    input: { revision: now.revision, revenue: { amountMinor: 987_654_321, currency: 'EUR' } },
  });
  await done(
    pm,
    'commentAdd',
    'CommentAddInput',
    { input: { taskId: places.own.ids.task, text: say('aside'), audience: 'INTERNAL', idempotencyKey: key() } },
    'position',
  );

  /** What somebody is told because staff name them on a task. */
  const itemOf = async (taskId: string, personId: string) => {
    const input = { taskId, text: `@[${personId}]`, audience: 'SHARED', idempotencyKey: key() };
    await done(pm, 'commentAdd', 'CommentAddInput', { input }, 'position');
    const items = await db.select().from(inboxItems).where(eq(inboxItems.personId, personId));
    return items.find((item) => item.taskId === taskId)!.id;
  };
  const ownItem = await itemOf(places.own.ids.task, member.personId!);
  // The lead has one there too, for what is tried after the member has read theirs.
  await itemOf(places.own.ids.task, lead.personId!);

  const ofPlaces = (noun: keyof Furnished['ids']) => ({
    foreign: places.foreign.ids[noun],
    internal: places.internal.ids[noun],
    draft: places.draft.ids[noun],
  });
  const without = ({ internal: _, ...rest }: Record<string, string>) => rest;
  // A second place where the member is signed in, and a file that is still to go with a comment.
  await app.signIn({ id: member.personId! });
  const { file: freeFile } = await done<{ file: { id: string } }>(
    member,
    'commentFileCreate',
    'CommentFileCreateInput',
    { input: { taskId: places.own.ids.task, idempotencyKey: key(), file: { name: 'a.txt', sizeBytes: 10 } } },
    'file { id }',
  );
  const [foreignSession] = await db.select().from(sessions).where(eq(sessions.personId, foreignPerson));
  const ownSessions = await db.select().from(sessions).where(eq(sessions.personId, member.personId!));
  return {
    admin,
    pm,
    actors: { member, lead, viewer, partner, token, removed },
    own: {
      ...places.own.ids,
      account: mine.account.id,
      person: member.personId!,
      session: ownSessions.at(-1)!.id,
      partner: partnerId,
      freeFile: freeFile.id,
      inboxItem: ownItem,
    },
    hidden: {
      // An internal task stands in a project, and in a phase, that the account may know.
      project: without(ofPlaces('project')),
      phase: without(ofPlaces('phase')),
      task: ofPlaces('task'),
      comment: ofPlaces('comment'),
      input: ofPlaces('input'),
      submission: ofPlaces('submission'),
      meeting: ofPlaces('meeting'),
      note: ofPlaces('note'),
      file: ofPlaces('file'),
      account: { foreign: theirs.account.id },
      person: { foreign: foreignPerson, partner: foreignPartner },
      session: { foreign: foreignSession!.id },
      invitation: { foreign: invitation.id },
      token: { staff: staffToken.id },
      savedView: { staff: savedView.id },
      delegation: { staff: delegation.id },
      template: { staff: template.id },
      templateVersion: { staff: template.draft.id },
      ...(Object.fromEntries(Object.entries(map).map(([noun, id]) => [noun, { staff: id }])) as unknown as OfMap),
      inboxItem: { foreign: await itemOf(places.foreign.ids.task, theirs.people[0]!.id) },
    },
    places,
    map,
    inside,
  };
}

async function addPerson(app: TestApp, values: { name: string; email: string; role: Role; accountId: string | null }) {
  const at = app.clock.now();
  const id = uuidv7();
  const rest = { timeZone: 'Europe/Prague', isSample: false, provenAt: at, createdAt: at, updatedAt: at };
  await app.services.db.insert(people).values({ id, ...values, ...rest });
  return id;
}

async function attach(app: TestApp, personId: string, projectId: string): Promise<void> {
  await app.services.db.insert(projectPartners).values({ personId, projectId, createdAt: app.clock.now() });
}

/** A project of the account that its people were never shown. It is furnished as an active one, since only such ones are worked on. */
async function draftOf(app: TestApp, pm: Session, accountId: string, pmId: string): Promise<Furnished> {
  const input = {
    accountId,
    pmId,
    name: canaryOf('draft', 'projectName'),
    platform: 'SHOPIFY',
    products: ['SEARCH'],
    templateKeys: ['searchShopify'],
    signedOn: '2026-03-02',
    isDraft: true,
    idempotencyKey: key(),
  };
  const { project } = await done<{ project: { id: string } }>(
    pm,
    'projectCreate',
    'ProjectCreateInput',
    { input },
    'project { id }',
  );
  const { db } = app.services;
  const set = (values: Partial<typeof projects.$inferInsert>) =>
    db.update(projects).set(values).where(eq(projects.id, project.id));
  await set({ state: 'ACTIVE', activatedAt: app.clock.now() });
  const furnished = await furnish(app, pm, project.id, 'draft');
  await set({ state: 'DRAFT', activatedAt: null });
  return { ...furnished, canaries: { ...furnished.canaries, projectName: input.name } };
}
