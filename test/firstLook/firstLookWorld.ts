import { aFeed, startReportsWorld } from '../submissions/reportsWorld.ts';
import type { TestAppOptions } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { Session } from '../support/session.ts';

export const lookText = `query ($id: ID!) { project(id: $id) { firstLook {
  state source total usable shown isSampled currencies hasOrders isBuilding run builtAt firstLookAt daysToFirstLook problem
  submission { id }
  passedOver { reason total usable at submission { id } }
  brand { name accent ground hasLogo }
  mocks { product kind
    settings { layout accent results synonyms boosts { field value factor } }
    suggestion { revision by { name } values { results } } defaults { revision values { results } } }
  viewerCan { suggest setDefaults }
} } }`;

const columns =
  'id title description link image_link availability availability_date price sale_price brand product_type item_group_id gtin mpn condition'.split(
    ' ',
  );
export type FeedRow = Partial<Record<string, string>>;

/** A feed of these rows; what a row does not say is well. */
export function feedOf(rows: readonly FeedRow[]): string {
  const lines = rows.map((row, index) => {
    const usual: FeedRow = {
      id: `SKU${index + 1}`,
      title: `Blue mug no ${index + 1}`,
      description: 'A blue mug that holds a third of a litre of tea',
      link: `https://shop.example/p/${index + 1}`,
      image_link: `https://shop.example/i/${index + 1}.jpg`,
      ...{ availability: 'in_stock', price: '12.90 EUR', brand: 'Nordlicht', mpn: `M-${index + 1}`, condition: 'new' },
    };
    return columns.map((column) => `"${({ ...usual, ...row }[column] ?? '').replaceAll('"', '""')}"`).join(',');
  });
  return `${columns.join(',')}\n${lines.join('\n')}\n`;
}

export const anOrderHistory = {
  key: 'orders',
  label: 'Orders',
  spec: {
    kind: 'FILE',
    acceptedExtensions: ['.csv'],
    check: { rules: 'order-history', profile: null, threshold: 0.5, declared: { currency: 'EUR' } },
  },
};

const acceptText = `mutation ($id: ID!, $input: SubmissionAcceptInput!) {
  submissionAccept(id: $id, input: $input) { userErrors { code } }
}`;

export type FirstLookWorld = Awaited<ReturnType<typeof startFirstLookWorld>>;

export async function startFirstLookWorld(options: TestAppOptions = {}) {
  const w = await startReportsWorld(options);
  const look = async (session: Session = w.lead, projectId = w.projectId) =>
    (await session.ask(lookText, { id: projectId })).project?.firstLook;
  /** Waits until everything that is wanted was made. */
  const settled = (session: Session = w.lead) =>
    eventually(async () => {
      const now = await look(session);
      return !now.isBuilding && now;
    }, 30_000);
  return {
    ...w,
    look,
    settled,
    /** Delivers a feed for a new task, and waits for the first look. */
    async feed(rows: readonly FeedRow[] | string) {
      const task = await w.task({ type: 'FILE', state: 'READY', side: 'CLIENT', visibility: 'SHARED' }, aFeed);
      const id = await w.deliver(w.lead, task.id, typeof rows === 'string' ? rows : feedOf(rows));
      const { report } = await w.judged(w.lead, id);
      return { submissionId: id, taskId: task.id as string, report, look: await settled() };
    },
    /** In spite of its findings. */
    async accept(submissionId: string, taskId: string) {
      const { revision } = await w.taskNow(taskId);
      const input = { revision, reason: 'It is meant so' };
      const { submissionAccept } = await w.pm.ask(acceptText, { id: submissionId, input });
      if (submissionAccept.userErrors.length > 0) throw new Error(JSON.stringify(submissionAccept.userErrors));
    },
    ask: (ask: object, { session = w.lead, mock = 'SEARCH', projectId = w.projectId } = {}) =>
      session.fetch(`/first-look/${projectId}/ask?${new URLSearchParams({ mock, ask: JSON.stringify(ask) })}`),
    async found(text: string, more: object = {}) {
      const ask = { kind: 'search', text, sort: 'RELEVANCE', first: 12, offset: 0, ...more };
      const answer = await w.lead.fetch(
        `/first-look/${w.projectId}/ask?${new URLSearchParams({ mock: 'SEARCH', ask: JSON.stringify(ask) })}`,
      );
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return (await answer.json()) as import('../../server/firstLook/shapes.ts').SearchAnswer;
    },
  };
}
