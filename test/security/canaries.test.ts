import { getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../support/app.ts';
import { contract, fieldsOf } from '../support/contract.ts';
import { eventually } from '../support/eventually.ts';
import { canariesIn, Session } from '../support/session.ts';
import { done } from './furnished.ts';
import { argumentsOf } from './idPlaces.ts';
import { makeTenants, type Tenants } from './tenants.ts';
import { tokenOf } from './tokenActor.ts';
import { everythingOf, notWalked } from './walk.ts';

/*
 * Every word that was said in another account, on an internal task, in a draft or among staff is a canary. Each test
 * is one channel: everybody of the first account takes all that comes through it, and no byte of it may hold one.
 */
let app: TestApp;
let tenants: Tenants;
let hidden: string[];
beforeAll(async () => {
  app = await startTestApp();
  tenants = await makeTenants(app);
  const { places, inside } = tenants;
  const said = [places.foreign, places.internal, places.draft].flatMap(({ canaries }) => Object.values(canaries));
  // A secret that was handed in is told to nobody but who reveals it.
  hidden = [...said, ...Object.values(inside), places.own.canaries.secret!];
}, 120_000);
afterAll(() => app.close());

const readers = ['member', 'lead', 'viewer', 'partner', 'token'] as const;
type Reader = (typeof readers)[number];

/** The same person, with nothing received yet; of a program another token, which has a budget of its own. */
async function fresh(name: Reader): Promise<Session> {
  const { cookie, personId, secret } = tenants.actors[name];
  return name === 'token' ? tokenOf(tenants.actors.member) : new Session(app.url, cookie, personId, secret);
}

/** Lets everybody take a channel, and looks at what came. `shown` is a word of their own that proves the channel open. */
async function through(take: (session: Session, name: Reader) => Promise<void>, shown?: string): Promise<void> {
  for (const name of readers) {
    const session = await fresh(name);
    await take(session, name);
    await session.close();
    const bytes = session.bytesSeen();
    expect({ name, found: canariesIn(bytes, hidden) }).toEqual({ name, found: [] });
    if (shown !== undefined) expect({ name, isOpen: bytes.includes(shown) }).toEqual({ name, isOpen: true });
  }
}

/** Asks with as many levels as the limits let through. */
async function askDeep(session: Session, documentAt: (depth: number) => string, variables: Record<string, unknown>) {
  for (const depth of [3, 2, 1, 0]) {
    const { errors } = await session.gql(documentAt(depth), variables);
    const codes = errors.map((error) => error.extensions?.code);
    // A walk that is cut short finds nothing, and an answer of ours that failed may be hiding one.
    for (const code of ['INTERNAL_SERVER_ERROR', 'RATE_LIMITED', 'UNAUTHENTICATED']) expect(codes).not.toContain(code);
    if (!codes.some((code) => code === 'TOO_COMPLEX')) return codes;
  }
  throw new Error('Even the plain fields were too much.');
}

const ownIds = () => ({ ...tenants.own, ...tenants.places.internal.ids, ...tenants.places.own.ids });

const word = () => tenants.places.own.canaries.title!;

describe('[Z7] no word of the inside, of a draft or of another account reaches a client', () => {
  test('the walk leaves out only fields that need what it cannot know', () => {
    expect(notWalked()).toEqual([]);
  });

  test('by any query, asked for everything that it has', async () => {
    const { own, places } = tenants;
    const opened = new Set<Reader>();
    const walked = fieldsOf('query').filter((field) => field.name !== 'node');
    // A few fields at a time: a program has a budget for a minute, and comes back as another one.
    for (let at = 0; at < walked.length; at += 4)
      await through(async (session, name) => {
        for (const field of walked.slice(at, at + 4)) {
          const valid = { id: own[field.name] ?? own.project, first: 20, text: word(), accountId: own.account };
          const variables = argumentsOf(field, { ...valid, templateKeys: ['searchShopify'] });
          const names = Object.keys(variables).map((one) => field.args.find((arg) => arg.name === one)!);
          const declared = names.map((arg) => `$${arg.name}: ${arg.type.toString()}`).join(', ');
          const given = names.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
          const [head, call] =
            given === '' ? ['query', field.name] : [`query (${declared})`, `${field.name}(${given})`];
          const type = getNamedType(field.type);
          await askDeep(session, (depth) => `${head} { ${call} ${everythingOf(type, depth)} }`, variables);
        }
        if (session.bytesSeen().includes(places.own.canaries.comment!)) opened.add(name);
      });
    expect([...opened].sort()).toEqual([...readers].sort());
  });

  test('by any id that was ever told, and what hangs on it', async () => {
    const schema = contract();
    await through(async (session, name) => {
      const seen = new Map<string, number>();
      const tried = new Set<string>();
      let ids = Object.values(ownIds());
      while (ids.length > 0) {
        for (const id of ids) tried.add(id);
        const text = `{ ${ids.map((id, index) => `n${index}: node(id: "${id}") { __typename id }`).join(' ')} }`;
        const { data } = await session.gql<Record<string, { __typename: string; id: string } | null>>(text);
        for (const node of Object.values(data ?? {})) {
          if (node === null || (seen.get(node.__typename) ?? 0) >= (name === 'token' ? 2 : 3)) continue;
          seen.set(node.__typename, (seen.get(node.__typename) ?? 0) + 1);
          const type = schema.getType(node.__typename)!;
          const documentAt = (depth: number) =>
            `query ($id: ID!) { node(id: $id) { ... on ${type.name} ${everythingOf(type, depth)} } }`;
          await askDeep(session, documentAt, { id: node.id });
        }
        const told = session.bytesSeen().match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
        ids = [...new Set(told)].filter((id) => !tried.has(id)).slice(0, 20);
        if (tried.size > 120) break;
      }
    }, tenants.places.own.canaries.reply);
  });

  test('by a search for the very word', async () => {
    await through(async (session) => {
      const hits = (text: string, at = 0) => {
        const asked = JSON.stringify(text);
        return `h${at}: search(text: ${asked}, first: 5) { nodes { kind title excerpt { text } } }`;
      };
      const found = (text: string, at: number) =>
        `a${at}: accountsFound(text: ${JSON.stringify(text)}) { account { id name } }`;
      for (let from = 0; from < hidden.length; from += 8) {
        const some = hidden.slice(from, from + 8);
        const { errors } = await session.gql(`{ ${some.map((one, at) => hits(one, at)).join(' ')} }`);
        expect(errors).toEqual([]);
        await session.gql(`{ ${some.map((one, at) => found(one.slice(0, -3), at)).join(' ')} }`);
      }
      await session.gql(`{ ${hits(word())} }`);
    }, word());
  });

  test('by a live stream, from the start and while staff are at work', async () => {
    const changeType = contract().getType('ChangeMessage')!;
    const changes = `subscription ($id: ID!) { changes(projectId: $id, after: 0) ${everythingOf(changeType, 1)} }`;
    const { own, pm, places } = tenants;
    await through(async (session) => {
      const stream = session.subscribe(changes, { id: own.project });
      const kept = [
        stream,
        session.subscribe(`subscription ($id: ID!) { talk(taskId: $id) { typing { person { name } } readAt } }`, {
          id: own.task,
        }),
        session.subscribe('subscription ($id: ID!) { presence(taskId: $id) { people { name } } }', { id: own.task }),
        session.subscribe(changes, { id: places.foreign.ids.project }),
        session.subscribe(changes, { id: places.draft.ids.project }),
        session.subscribe('subscription { overviewChanges { __typename } }'),
        ...[places.foreign, places.internal, places.draft].map(({ inputs }) =>
          session.subscribe('subscription ($id: ID!) { formDraftChanges(inputId: $id) { answers { text } } }', {
            id: inputs.FORM,
          }),
        ),
      ];
      await eventually(() => session.bytesSeen().includes('CaughtUp'));
      for (const [place, audience] of [
        ['internal', 'INTERNAL'],
        ['own', 'INTERNAL'],
        ['foreign', 'SHARED'],
        ['own', 'SHARED'],
      ] as const) {
        const text = audience === 'SHARED' && place === 'own' ? `lastword${session.personId}` : tenants.inside.aside!;
        const taskId = places[place].ids.task;
        await pm.gql(
          'mutation ($input: CommentTypingInput!) { commentTyping(input: $input) { userErrors { code } } }',
          {
            input: { taskId, audience, isTyping: true },
          },
        );
        const input = { taskId, text, audience, idempotencyKey: crypto.randomUUID() };
        await done(pm, 'commentAdd', 'CommentAddInput', { input }, 'position');
      }
      await eventually(() => session.bytesSeen().includes(`lastword${session.personId}`));
      for (const one of kept) one.stop();
    });
  });

  test('by a note’s socket, its own or another', async () => {
    const { places, pm } = tenants;
    const rooms: string[] = [];
    for (const { ids } of Object.values(places)) {
      const { task } = await pm.ask('query ($id: ID!) { task(id: $id) { note { room } } }', { id: ids.task });
      rooms.push(task.note.room);
    }
    await through(async (session, name) => {
      await Promise.all(rooms.map((room) => listen(session, room)));
      // A program enters no note; everybody else reads their own.
      if (name !== 'token') expect(session.bytesSeen()).toContain(places.own.canaries.note);
    });
  });

  test('by a file that goes out: downloads, calendars, exports, pictures', async () => {
    await through(async (session) => {
      const links = `query ($task: ID!, $file: ID!, $meeting: ID!) {
        file: node(id: $file) { ... on File { downloadUrl } } meeting: node(id: $meeting) { ... on Meeting { calendarUrl } }
        task(id: $task) { submissions { nodes { file { downloadUrl } } } comments { nodes { files { downloadUrl } } } }
      }`;
      for (const { ids } of Object.values(tenants.places)) {
        await session.gql(links, { task: ids.task, file: ids.file, meeting: ids.meeting });
        for (const path of [`/files/${ids.file}`, `/meetings/${ids.meeting}.ics`, `/uploads/${ids.file}`])
          await session.fetch(path);
      }
      const addresses = session.bytesSeen().match(/\/(files|meetings)\/[^"\\\s]+/g) ?? [];
      for (const address of new Set(addresses)) await session.fetch(address.replaceAll('&amp;', '&'));
      await session.fetch('/exports/activity.csv');
      for (const columns of ['', '?columns=REVENUE', `?text=${word()}`])
        await session.fetch(`/exports/integrations.csv${columns}`);
    }, tenants.places.own.canaries.attachmentBytes);
  });

  test('by any other address', async () => {
    const { hidden: ids } = tenants;
    await through(async (session) => {
      const paths = [
        '/',
        '/auth/options',
        '/auth/me',
        '/company/logo',
        '/healthz',
        '/readyz',
        '/setup',
        '/guide',
        '/schema.graphql',
      ];
      for (const path of paths) await session.fetch(path);
      for (const id of Object.values(ids.invitation)) {
        await session.fetch(`/invitation?id=${id}&token=wrong`);
        for (const path of ['/auth/invitation', '/auth/invitation/look']) {
          const headers = { 'content-type': 'application/json' };
          await session.fetch(path, { method: 'POST', headers, body: JSON.stringify({ id, token: 'wrong' }) });
        }
      }
    });
  });

  test('by mail to anybody of the account', async () => {
    const { member, lead } = tenants.actors;
    for (const { personId } of [member, lead]) {
      const text = `${tenants.inside.aside} @[${personId}]`;
      const input = { taskId: tenants.own.task, text, audience: 'INTERNAL', idempotencyKey: crypto.randomUUID() };
      await tenants.pm.gql('mutation ($input: CommentAddInput!) { commentAdd(input: $input) { position } }', { input });
    }
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ email: 'own.client_member@isolation.example' });
    await member.fetch('/auth/link', { method: 'POST', headers, body });
    const invite = {
      email: 'own.next@isolation.example',
      name: 'Next',
      role: 'CLIENT_MEMBER',
      accountId: tenants.own.account,
    };
    const variables = { input: { ...invite, idempotencyKey: crypto.randomUUID() } };
    await done(lead, 'personInvite', 'PersonInviteInput', variables, 'position');
    const mails = (await app.mails()).filter((mail) => mail.to.includes('own.'));
    expect(mails.length).toBeGreaterThan(0);
    expect(canariesIn(mails.map((mail) => mail.raw + mail.text).join('\n'), hidden)).toEqual([]);
  });

  test('and staff do receive them, so the words were there to be found', async () => {
    const { pm, places } = tenants;
    const text = 'query ($id: ID!) { task(id: $id) { title purpose comments(last: 20) { nodes { text } } } }';
    for (const { ids, canaries } of Object.values(places)) {
      const { task } = await pm.ask(text, { id: ids.task });
      expect(canariesIn(JSON.stringify(task), [canaries.title!, canaries.purpose!, canaries.comment!])).toHaveLength(3);
    }
  });
});

/** Enters a note's room, asks for all of it, and keeps every byte that comes back. */
function listen(session: Session, room: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${app.url.replace(/^http/, 'ws')}${room}`, { headers: session.headers });
    const stop = () => {
      socket.terminate();
      resolve();
    };
    socket.on('open', () => socket.send(Uint8Array.from([0, 0, 1, 0])));
    socket.on('message', (data) => {
      const bytes = Buffer.from(data as Buffer);
      session.saw(bytes.toString('latin1'));
      // The answer to what was asked for: a whole state.
      if (bytes[0] === 0 && bytes[1] === 1) stop();
    });
    socket.on('error', stop);
    socket.on('close', stop);
  });
}
