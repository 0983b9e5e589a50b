import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { events, revisions } from '../../drizzle/schema/index.ts';
import type { Subscription } from '../support/session.ts';
import { act, nodeOf, refusal, say, startTalking, type Talking, thread } from './talking.ts';

let talk: Talking;
beforeAll(async () => {
  talk = await startTalking();
});
afterAll(() => talk.app.close());

const setAudience = (id: string, revision: number, audience: string) => ({ id, input: { revision, audience } });
const stream = `subscription ($projectId: ID!) {
  changes(projectId: $projectId) {
    __typename ... on Change { kind subjectId position node { ... on Comment { text revision } } }
  }
}`;
// biome-ignore lint/suspicious/noExplicitAny: what a stream brings is looked into by the test that asked for it
async function nextOf(changes: Subscription<any>, kind: string) {
  for (;;) {
    const { changes: message } = await changes.next();
    if (message.kind === kind) return message;
  }
}

describe('[Z8] a comment that is internal, then shared, then internal', () => {
  test('comes to the client as it is when it is shared, and goes with an event of its own', async () => {
    const { app, pm, client, taskId } = talk;
    const added = await say(pm, taskId, 'canary-internal-draft, the client is slow', { audience: 'INTERNAL' });
    await act(pm, 'commentReact', { id: added.id, input: { reaction: 'UNCLEAR', isOn: true } });
    await act(pm, 'commentEdit', { id: added.id, input: { revision: 1, text: 'canary-second-draft' } });
    await act(pm, 'commentEdit', { id: added.id, input: { revision: 2, text: 'We need the feed by Friday.' } });
    await act(pm, 'commentResolve', { id: added.id, input: { isResolved: true } });
    const changes = client.subscribe(stream, { projectId: app.world.project.id });
    expect((await changes.next()).changes.__typename).toBe('CaughtUp');
    app.clock.advance(60_000);

    const shared = await act(pm, 'commentSetAudience', setAudience(added.id, 3, 'SHARED'));
    expect(shared.comment).toMatchObject({ audience: 'SHARED', revision: 4, createdAt: added.createdAt });
    const came = await nextOf(changes, 'comment.shared');
    expect(came).toMatchObject({ subjectId: added.id, node: { text: 'We need the feed by Friday.', revision: 1 } });
    const { node } = await client.ask(nodeOf, { id: added.id });
    expect(node).toMatchObject({
      revision: 1,
      createdAt: app.clock.now().toISOString(),
      editedAt: null,
      sharedAt: null,
      resolvedAt: null,
      resolvedBy: null,
      reactions: [],
      isUnread: true,
    });
    const mine = (await client.ask(thread, { id: taskId })).task.comments.nodes;
    expect(mine.at(-1).id).toBe(added.id);

    await act(pm, 'commentSetAudience', setAudience(added.id, 4, 'INTERNAL'));
    const gone = await nextOf(changes, 'comment.hidden');
    expect(gone).toMatchObject({ subjectId: added.id, node: null });
    expect((await client.ask(nodeOf, { id: added.id })).node).toBeNull();
    const left = (await client.ask(thread, { id: taskId })).task.comments.nodes;
    expect(left.map((one: { id: string }) => one.id)).not.toContain(added.id);
    await act(pm, 'commentEdit', { id: added.id, input: { revision: 5, text: 'canary-after-hiding' } });
    changes.stop();
    expect(client.bytesSeen()).not.toMatch(/canary-(internal-draft|second-draft|after-hiding)/);
  });

  test('leaves no internal words in what is written down for those who see shared things', async () => {
    const { app, pm, taskId } = talk;
    const added = await say(pm, taskId, 'secret words', { audience: 'INTERNAL' });
    await act(pm, 'commentEdit', { id: added.id, input: { revision: 1, text: 'open words' } });
    await act(pm, 'commentSetAudience', setAudience(added.id, 2, 'SHARED'));
    await act(pm, 'commentSetAudience', setAudience(added.id, 3, 'INTERNAL'));
    const kept = await app.services.db
      .select({ kind: events.kind, audience: events.audience, before: revisions.before, after: revisions.after })
      .from(events)
      .leftJoin(revisions, eq(revisions.eventId, events.id))
      .where(eq(events.subjectId, added.id))
      .orderBy(events.seq);
    expect(kept.map(({ kind, audience }) => `${kind} ${audience}`)).toEqual([
      'comment.added INTERNAL',
      'comment.edited INTERNAL',
      'comment.shared SHARED',
      'comment.hidden SHARED',
    ]);
    expect(kept.filter((one) => one.audience === 'SHARED').map(({ before, after }) => [before, after])).toEqual([
      [null, { text: 'open words' }],
      [null, null],
    ]);
  });

  test('its numbers for the client begin anew each time it is shared', async () => {
    const { pm, client, taskId } = talk;
    const added = await say(pm, taskId, 'back and forth', { audience: 'INTERNAL' });
    const revisionOf = async () => (await client.ask(nodeOf, { id: added.id })).node?.revision ?? null;
    const seen: (number | null)[] = [];
    for (const [revision, audience] of [
      [1, 'SHARED'],
      [2, 'INTERNAL'],
      [3, 'SHARED'],
    ] as const) {
      await act(pm, 'commentSetAudience', setAudience(added.id, revision, audience));
      seen.push(await revisionOf());
    }
    expect(seen).toEqual([1, null, 1]);
  });
});

describe('who may change the readers of a comment', () => {
  test('its author among the staff, with the version that they saw', async () => {
    const { pm, colleague, client, taskId } = talk;
    const added = await say(pm, taskId, 'mine to share', { audience: 'INTERNAL' });
    expect(await refusal(colleague, 'commentSetAudience', setAudience(added.id, 1, 'SHARED'))).toBe('FORBIDDEN');
    expect(await refusal(client, 'commentSetAudience', setAudience(added.id, 1, 'SHARED'))).toBe('NOT_FOUND');
    expect(await refusal(pm, 'commentSetAudience', setAudience(added.id, 7, 'SHARED'))).toBe('CONFLICT');
    const own = await say(client, taskId, 'a word of the client');
    expect(await refusal(client, 'commentSetAudience', setAudience(own.id, 1, 'INTERNAL'))).toBe('FORBIDDEN');
  });

  test('not once somebody has replied, nor of a reply: a thread has the same readers throughout', async () => {
    const { pm, colleague, taskId } = talk;
    const root = await say(pm, taskId, 'a thread among us', { audience: 'INTERNAL' });
    const reply = await say(pm, taskId, 'with a reply', { audience: 'INTERNAL', parentId: root.id });
    expect(await refusal(pm, 'commentSetAudience', setAudience(root.id, 1, 'SHARED'))).toBe('IN_THREAD');
    expect(await refusal(pm, 'commentSetAudience', setAudience(reply.id, 1, 'SHARED'))).toBe('IN_THREAD');
    expect(reply.viewerCan.setAudience).toBe(false);
    const lone = await say(pm, taskId, 'raced', { audience: 'INTERNAL' });
    // Whoever comes first, a shared comment never ends up with an internal reply.
    await Promise.all([
      refusal(pm, 'commentSetAudience', setAudience(lone.id, 1, 'SHARED')),
      refusal(colleague, 'commentAdd', {
        input: { taskId, text: 'quick', audience: 'INTERNAL', parentId: lone.id, idempotencyKey: lone.id },
      }),
    ]);
    const { node } = await pm.ask(nodeOf, { id: lone.id });
    expect([
      node.audience === 'INTERNAL' && node.replyCount === 1,
      node.audience === 'SHARED' && node.replyCount === 0,
    ]).toContain(true);
  });
});
