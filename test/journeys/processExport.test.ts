import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../drizzle/schema/index.ts';
import { roles } from '../../server/access/viewer.ts';
import { csvHead, csvRows, type LoggedCase, xesHead, xesTail, xesTrace } from '../../server/journeys/log/xes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
beforeAll(async () => {
  app = await startTestApp({ sample: true });
  pm = await app.signIn(app.world.pm);
}, 120_000);
afterAll(() => app.close());

const textOf = async (path: string, by = pm) => {
  const response = await by.fetch(path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};
const states = ['READY', 'IN_PROGRESS', 'SUBMITTED', 'IN_REVIEW', 'CHANGES_REQUESTED', 'DONE', 'WAIVED', 'CANCELLED'];

/** What became of tasks, as the log has it. */
async function moves() {
  const stored = await app.services.db.query.events.findMany({ orderBy: (event, { asc }) => asc(event.position) });
  return stored.filter(
    ({ kind, facts }) => kind.startsWith('task.') && [...states, 'NOT_READY'].includes(String(facts.to)),
  );
}

describe('the log of what became of tasks', () => {
  it('is a table with the names that PM4Py reads: a line for each move, a case for each project', async () => {
    const { status, type, text } = await textOf('/exports/process.csv');
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    const [head, ...lines] = text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n');
    expect(head).toBe(csvHead.map((name) => `"${name}"`).join(','));
    const wanted = await moves();
    expect(wanted.length).toBeGreaterThan(100);
    expect(lines.length).toBe(wanted.length);
    const cases = lines.map((line) => line.slice(1, 37));
    expect([...new Set(cases)].sort()).toEqual([...new Set(wanted.map(({ projectId }) => projectId))].sort());
    expect(lines.filter((line) => line.includes('"complete"')).length).toBe(
      wanted.filter(({ facts }) => facts.to === 'DONE').length,
    );
  });

  it('is one project’s, and of a time, where that is asked for', async () => {
    const { id } = app.world.project;
    const wanted = (await moves()).filter(({ projectId }) => projectId === id);
    const linesOf = async (search: string) =>
      (await textOf(`/exports/process.csv${search}`)).text.trimEnd().split('\r\n');
    expect((await linesOf(`?project=${id}`)).length).toBe(wanted.length + 1);
    const middle = wanted[Math.floor(wanted.length / 2)]!.at;
    const [from, before] = [
      (await linesOf(`?project=${id}&from=${middle.toISOString()}`)).length - 1,
      (await linesOf(`?project=${id}&before=${middle.toISOString()}`)).length - 1,
    ];
    expect([from > 0, before > 0, from + before]).toEqual([true, true, wanted.length]);
    expect((await textOf('/exports/process.xes?project=mine')).status).toBe(400);
    expect((await textOf('/exports/process.xes?everything=1')).status).toBe(400);
  });

  it('is nothing to clients and strangers, and whatever staff may take along to them', async () => {
    const was = app.world.pm;
    for (const role of roles) {
      await app.services.db
        .update(people)
        .set({ role, accountId: role.startsWith('CLIENT') ? app.world.project.accountId : null })
        .where(eq(people.id, was.id));
      const isOfCompany = ['CONTRIBUTOR', 'PM', 'MANAGER', 'DIRECTOR', 'ADMIN'].includes(role);
      const { status } = await textOf('/exports/process.xes', await app.signIn(was));
      expect([role, status]).toEqual([role, isOfCompany ? 200 : 404]);
    }
    await app.services.db.update(people).set({ role: 'PM', accountId: null }).where(eq(people.id, was.id));
    expect((await app.anonymous().fetch('/exports/process.csv')).status).toBe(404);
  });
});

describe('XES', () => {
  const at = new Date('2026-03-02T09:00:00Z');
  const hostile = `"quoted" & <b>\n'x'\u0000\u0008 \uFFFE 👩 ]]>`;
  const one: LoggedCase = {
    ...{ id: 'case', name: hostile, client: 'Client', platform: 'SHOPIFY', state: 'ACTIVE' },
    events: [
      { id: 'event', activity: hostile, at, transition: 'complete', state: 'DONE', by: null },
      {
        ...{ id: 'other', activity: 'Check', at, transition: 'start', state: 'IN_PROGRESS' },
        by: { name: 'Ada', role: 'PM', group: 'Company' },
      },
    ],
  };

  it('names its extensions, and keeps texts that are no XML', () => {
    const text = xesHead() + xesTrace(one) + xesTail;
    expect(text).toContain('<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">');
    expect(text).toContain('<date key="time:timestamp" value="2026-03-02T09:00:00.000Z"/>');
    const [, value = ''] = /<string key="slipway:project" value="([^"]*)"/.exec(text) ?? [];
    expect(value).toBe('&#34;quoted&#34; &#38; &#60;b&#62;&#10;&#39;x&#39;  👩 ]]&#62;');
    expect(text.match(/org:resource/g)?.length).toBe(1);
  });

  it('is the same events as the table', () => {
    expect(csvRows(one).map((row) => row.length)).toEqual([csvHead.length, csvHead.length]);
    expect(csvRows(one)[1]?.slice(1, 7)).toEqual(['Check', at.toISOString(), 'start', 'Ada', 'PM', 'Company']);
  });
});
