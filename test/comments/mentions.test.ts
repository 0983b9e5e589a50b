import { eq } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commentMentions, people, projectPartners } from '../../drizzle/schema/index.ts';
import type { Session } from '../support/session.ts';
import { act, refusal, said, say, startTalking, type Talking } from './talking.ts';

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const list = `query ($id: ID!, $audience: Visibility!) {
  task(id: $id) { mentionable(audience: $audience) { isOn person { id name } } }
}`;
type Candidate = { isOn: boolean; person: { id: string; name: string } };
async function candidates(session: Session, audience = 'SHARED', id = talk.taskId): Promise<Candidate[]> {
  return (await session.ask(list, { id, audience })).task.mentionable;
}
const idsOf = (found: Candidate[]) => found.map((one) => one.person.id);

describe('the list of those who may be named', () => {
  test('holds those who read it and not oneself: the account and the staff', async () => {
    const found = idsOf(await candidates(talk.pm));
    const { client, sponsor, viewer, colleague, director, pm, otherClient } = talk.ids;
    expect(found).toEqual(expect.arrayContaining([client, sponsor, viewer, colleague, director]));
    expect(found).not.toContain(pm);
    expect(found).not.toContain(otherClient);
  });

  test('of an internal comment is staff alone, and for a client empty', async () => {
    const found = idsOf(await candidates(talk.pm, 'INTERNAL'));
    expect(found).toContain(talk.ids.colleague);
    const clients = talk.app.world.clients.flatMap((client) => client.people.map((person) => person.id));
    expect(found.filter((id) => clients.includes(id))).toEqual([]);
    expect(await candidates(talk.client, 'INTERNAL')).toEqual([]);
  });

  test('[Z17] shows a client names alone: no address, nobody of another account, no staff without a part in it', async () => {
    const found = await candidates(talk.client);
    expect(idsOf(found)).toContain(talk.ids.pm);
    expect(idsOf(found)).not.toContain(talk.ids.director);
    expect(found.every((one) => one.isOn)).toBe(true);
    const bytes = talk.client.bytesSeen();
    for (const { email, name } of [...talk.app.world.staff, ...talk.app.world.clients[1]!.people]) {
      expect(bytes).not.toContain(email);
      if (idsOf(found).every((id) => id !== talk.app.world.staff.find((one) => one.name === name)?.id))
        expect(JSON.stringify(found)).not.toContain(name);
    }
    const withEmail = await talk.client.ask(list.replace('name', 'name email'), {
      id: talk.taskId,
      audience: 'SHARED',
    });
    for (const { email } of talk.app.world.staff) expect(JSON.stringify(withEmail)).not.toContain(email);
  });

  test('says who has to do with the task already', async () => {
    const found = await candidates(talk.pm);
    const isOn = (id: string) => found.find((one) => one.person.id === id)?.isOn;
    expect([isOn(talk.ids.client), isOn(talk.ids.director)]).toEqual([true, false]);
    await say(talk.colleague, talk.taskId, 'I look into it');
    const now = await candidates(talk.pm);
    expect(now.find((one) => one.person.id === talk.ids.colleague)?.isOn).toBe(true);
  });

  test('leaves out whoever was removed, and takes in a partner of this project only', async () => {
    const { app, pm } = talk;
    const gone = await talk.add('Gone Novak', 'CLIENT_MEMBER', app.world.clients[0]!.account.id);
    const partner = await talk.add('Partner Pokorny', 'PARTNER');
    expect(idsOf(await candidates(pm))).toContain(gone);
    expect(idsOf(await candidates(pm))).not.toContain(partner);
    await app.services.db.update(people).set({ removedAt: app.clock.now() }).where(eq(people.id, gone));
    await app.services.db
      .insert(projectPartners)
      .values({ projectId: app.world.project.id, personId: partner, createdAt: app.clock.now() });
    const now = idsOf(await candidates(pm));
    expect(now).not.toContain(gone);
    expect(now).toContain(partner);
    expect(idsOf(await candidates(pm, 'SHARED', app.world.clients[1]!.tasks[0]!.id))).not.toContain(partner);
  });
});

describe('naming somebody', () => {
  test('keeps their id in the text and shows the name that they have now', async () => {
    const { app, pm, client, taskId, ids } = talk;
    const added = await say(pm, taskId, `@[${ids.sponsor}] please approve, @[${ids.sponsor}]`);
    expect(added.mentions).toEqual([{ id: ids.sponsor, name: 'Sponsor Sedlak' }]);
    await app.services.db.update(people).set({ name: 'Sponsor Svobodova' }).where(eq(people.id, ids.sponsor));
    const { node } = await client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Comment { text mentions { name } } } }',
      {
        id: added.id,
      },
    );
    expect(node).toEqual({ text: added.text, mentions: [{ name: 'Sponsor Svobodova' }] });
  });

  test('somebody who does not read it is refused like one who does not exist, and nothing is kept', async () => {
    const { client, pm, taskId, ids } = talk;
    const before = await talk.app.services.db.select().from(commentMentions);
    const tried: [Session, string, string][] = [
      [client, ids.otherClient, 'SHARED'],
      [client, ids.director, 'SHARED'],
      [pm, ids.otherClient, 'SHARED'],
      [pm, ids.client, 'INTERNAL'],
    ];
    for (const [session, id, audience] of tried) {
      const answers = await Promise.all(
        [id, uuidv7()].map((one) => act(session, 'commentAdd', said(taskId, `Hello @[${one}]`, { audience }))),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0].userErrors).toEqual([{ code: 'NOT_MENTIONABLE', field: 'text' }]);
    }
    expect(await talk.app.services.db.select().from(commentMentions)).toEqual(before);
  });

  test('an edit is held to the same, and keeps whom it named before, also when they have left', async () => {
    const { app, pm, taskId, ids } = talk;
    const leaving = await talk.add('Leaving Lev', 'CLIENT_MEMBER', app.world.clients[0]!.account.id);
    const added = await say(pm, taskId, `For @[${leaving}]`);
    await app.services.db.update(people).set({ removedAt: app.clock.now() }).where(eq(people.id, leaving));
    const edited = await act(pm, 'commentEdit', {
      id: added.id,
      input: { revision: 1, text: `For @[${leaving}] and @[${ids.client}]` },
    });
    expect(edited.comment.mentions.map((one: { id: string }) => one.id).sort()).toEqual([leaving, ids.client].sort());
    const refused = await refusal(pm, 'commentEdit', {
      id: added.id,
      input: { revision: 2, text: `For @[${ids.otherClient}]` },
    });
    expect(refused).toBe('NOT_MENTIONABLE');
    await act(pm, 'commentDelete', { id: added.id, input: { revision: 2 } });
    const left = await app.services.db.select().from(commentMentions).where(eq(commentMentions.commentId, added.id));
    expect(left).toEqual([]);
  });

  test('[I7] what only looks like a mention is text and nothing else', async () => {
    const text = '@[<img src=x onerror=alert(1)>] @[not-an-id] @[[x]] @everyone';
    const added = await say(talk.client, talk.taskId, text);
    expect(added).toMatchObject({ text, mentions: [] });
  });
});
