import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bus } from '../../server/platform/bus/bus.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { callOf, fieldsOf } from '../support/contract.ts';
import { eventually } from '../support/eventually.ts';
import { code } from '../support/source.ts';
import { idPlacesOf, nounOf, withId } from './idPlaces.ts';
import { makeTenants, type Tenants } from './tenants.ts';

let app: TestApp;
let tenants: Tenants;
let topics: string[];
beforeAll(async () => {
  app = await startTestApp();
  tenants = await makeTenants(app);
  const { bus } = app.services;
  const heard: Bus = {
    ...bus,
    on(topic, listener) {
      topics.push(topic);
      return bus.on(topic, listener);
    },
  };
  Object.assign(app.services, { bus: heard });
}, 120_000);
afterAll(() => app.close());

const subscriptions = fieldsOf('subscription').flatMap((field) =>
  idPlacesOf(field).map((place) => ({ field, place, name: field.name })),
);

/** Something of this noun, and somebody who may read it: the maps are the company's, all else here is a client's too. */
function ownOf(noun: string) {
  if (noun === 'journey') return { reader: tenants.pm, own: tenants.map.journey };
  return { reader: tenants.actors.member, own: tenants.own[noun]! };
}

describe('[Z15] a topic is made of an id that was found for this reader, and of nothing else', () => {
  test.each(subscriptions)(
    '$name: ids that are none, and ids of others, are missing and open no topic',
    async (one) => {
      const noun = nounOf(one.field, one.place)!;
      const { reader, own } = ownOf(noun);
      const hidden = tenants.hidden[noun];
      const hostile = {
        ...hidden,
        ...{ proto: '__proto__', builder: 'constructor', long: 'x'.repeat(5_000), company: 'company', jobs: 'jobs' },
        ...{
          star: '*',
          empty: '',
          behind: `${own}:presence`,
          before: `project:${own}`,
          spaced: ` ${own}`,
          path: `../${own}`,
        },
        ...{ braces: `{${own}}`, plain: own.replaceAll('-', '') },
      };
      topics = [];
      for (const [what, id] of Object.entries(hostile)) {
        const asker = what in hidden ? tenants.actors.member : reader;
        const stream = asker.subscribe(callOf('subscription', one.field), withId({}, one.place, id));
        const answer = await stream.next(20_000).then(
          () => 'a message',
          (error: Error) => /NOT_FOUND/.exec(error.message)?.[0] ?? error.message,
        );
        expect({ what, answer }).toEqual({ what, answer: 'NOT_FOUND' });
      }
      expect(topics.filter((topic) => !topic.startsWith('access:'))).toEqual([]);
    },
  );

  test.each(subscriptions)('$name: an own id opens the topic of that very id', async ({ field, place }) => {
    const { reader, own: readable } = ownOf(nounOf(field, place)!);
    const own = field.name === 'formDraftChanges' ? tenants.places.own.inputs.FORM : readable;
    topics = [];
    const stream = reader.subscribe(callOf('subscription', field), withId({}, place, own));
    await stream.next(20_000);
    const opened = await eventually(() => topics.filter((topic) => !topic.startsWith('access:')));
    stream.stop();
    expect(opened.length).toBeGreaterThan(0);
    // One bell for all maps: it says that one changed, and never which or what.
    const topic = field.name === 'journeyChanges' ? /^journeys$/ : new RegExp(`^[a-z]+:${own}$`);
    for (const one of opened) expect(one).toMatch(topic);
  });

  test('each place that makes a topic is one of these: readers after they found the thing, writers after they changed it', () => {
    const made = code('server').flatMap(({ path, text }) => {
      const found = text.matchAll(/`(project|access|presence|talk|draft|check):\$\{([^}`]+)\}`/g);
      return [...found].map(([, topic, id]) => `${path} ${topic} of ${id}`);
    });
    const written = [...new Set(made)].filter((line) => !line.endsWith(' of string')).sort();
    expect(written.map((line) => line.slice(line.indexOf('server/')))).toEqual([
      'server/comments/talk.ts talk of taskId',
      // Of the task whose handover was found for the guest's own cookie.
      'server/handovers/guest/door.ts project of projectId',
      'server/live/changes.ts project of projectId',
      // Of a task or of a map, after it was found.
      'server/live/presence.ts presence of id',
      'server/live/talk.ts talk of taskId',
      'server/platform/database/transaction.ts project of projectId',
      'server/platform/http/connections.ts access of personId',
      'server/submissions/feeds/commands.ts check of submissionId',
      'server/submissions/feeds/sink.ts check of this.submissionId',
      'server/submissions/forms/commands.ts draft of input.id',
      'server/submissions/forms/commands.ts draft of input.inputId',
      'server/submissions/forms/live.ts draft of inputId',
      'server/submissions/reports/checkTask.ts check of submissionId',
      'server/submissions/reports/live.ts check of submissionId',
      'server/submissions/reports/runs.ts check of submissionId',
      'server/tasks/visibility.ts presence of task.id',
    ]);
  });
});
