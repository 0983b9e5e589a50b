import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

let app: TestApp;
let pm: Session;
beforeAll(async () => {
  app = await startTestApp({ sample: true });
  pm = await app.signIn(app.world.pm);
}, 120_000);
afterAll(() => app.close());

type Journey = {
  name: string;
  touchpointCount: number;
  centralisation: { items: number; homeInSlipway: number; tools: number };
  gaps: { kind: string; decision: { decision: string } | null }[];
  history: { on: string; items: number; homeInSlipway: number; tools: number }[];
  agreement: { isAgreed: boolean; departments: { signature: string }[] };
  parts: {
    comments: { resolvedAt: string | null }[];
    painPoints: { votes: number }[];
    decisions: { decision: string }[];
  };
};

describe('the maps of the sample company', () => {
  it('are the two texts’: what was scattered, what stands in Slipway now, and the way of a lead', async () => {
    const listed = await pm.ask<{ journeys: { id: string }[] }>('{ journeys { id } }');
    const text = `query ($id: ID!) { journey(id: $id) { name touchpointCount
      centralisation { items homeInSlipway tools } gaps { kind decision { decision } }
      history { on items homeInSlipway tools }
      agreement { isAgreed departments { signature } }
      parts { comments { resolvedAt } painPoints { votes } decisions { decision } } } }`;
    const journeys: Journey[] = [];
    for (const { id } of listed.journeys) journeys.push((await pm.ask<{ journey: Journey }>(text, { id })).journey);
    const share = ({ centralisation: { items, homeInSlipway } }: Journey) => homeInSlipway / items;
    const [before, now, leads] = ['Integration as it was', 'Integration with Slipway', 'From lead to support'].map(
      (name) => journeys.find((one) => one.name === name)!,
    ) as [Journey, Journey, Journey];
    expect(journeys.map(({ touchpointCount }) => touchpointCount).sort((a, b) => a - b)).toEqual([8, 12, 15]);
    expect([share(before), share(now) >= 0.9]).toEqual([0, true]);
    expect(now.centralisation.tools).toBeLessThan(before.centralisation.tools / 3);
    expect(before.gaps.length).toBeGreaterThan(now.gaps.length * 10);
    expect(leads.gaps.map(({ kind }) => kind)).toContain('NO_EXCHANGE');
    expect(before.parts.painPoints.some(({ votes }) => votes === 3)).toBe(true);
    expect(before.parts.comments.map(({ resolvedAt }) => resolvedAt !== null).sort()).toEqual([
      false,
      false,
      false,
      true,
    ]);
    const shares = now.history.map(({ items, homeInSlipway }) => homeInSlipway / items);
    expect(shares.length).toBe(3);
    expect(shares, 'more and more of it, day by day').toEqual([...shares].sort((one, other) => other - one));
    expect([shares[0], new Set(shares).size]).toEqual([share(now), 3]);
    expect(now.agreement.isAgreed).toBe(false);
    expect(now.agreement.departments.filter(({ signature }) => signature === 'SIGNED')).toHaveLength(2);
    expect(before.gaps.flatMap(({ decision }) => decision?.decision ?? []).sort()).toEqual(['ACCEPTED', 'PLANNED']);
  });
});
