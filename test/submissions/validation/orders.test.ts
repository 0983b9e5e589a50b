import { describe, expect, test } from 'vitest';
import { validate } from '../../../server/submissions/validation/engine.ts';
import { daysTo, isoMsOf } from '../../../server/submissions/validation/rules/common/dates.ts';
import { orderHistory } from '../../../server/submissions/validation/rules/order-history/set.ts';
import { subscriberList } from '../../../server/submissions/validation/rules/subscriber-list/set.ts';
import type { Options, RuleSet } from '../../../server/submissions/validation/types.ts';

async function judged(rules: RuleSet, lines: readonly string[], more: Partial<Options> = {}) {
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  async function* source() {
    yield bytes;
  }
  return validate(source(), { rules, name: 'file.csv', asOf: '2026-11-22T00:00:00Z', ...more });
}

const header = 'order,item,timestamp,customer,quantity,price';

describe('an order history', () => {
  test('is accepted when it is well', async () => {
    const days = Array.from({ length: 40 }, (_, at) => new Date(Date.UTC(2026, 9, 10 + at)).toISOString());
    const report = await judged(orderHistory, [header, ...days.map((day, at) => `O${at},A,${day},C${at},2,25.80`)]);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('ACCEPTED');
  });

  test('asks once which comes first, day or month', async () => {
    const lines = [header, '1,A,03/04/2026,C1,1,12.90'];
    expect((await judged(orderHistory, lines)).asks).toEqual(['dateOrder']);
    const told = await judged(orderHistory, lines, { declared: { dateOrder: 'DMY' } });
    expect(told.asks).toEqual([]);
    const [form] = told.findings.filter(({ rule }) => rule === 'timestamp.format');
    expect(form?.samples[0]?.fixed).toBe('2026-04-03');
  });

  test('has columns of personal data removed, also of cards that nobody named, and shows none of it', async () => {
    const report = await judged(orderHistory, [
      `${header},Billing Name,note`,
      '1,A,2026-11-20T10:00:00Z,C1,1,12.90,Anna Berg,4111 1111 1111 1111',
      '2,A,2026-11-20T11:00:00Z,C2,1,12.90,Bo Lind,5555555555554444',
    ]);
    const refused = report.findings.filter(({ rule }) => rule.startsWith('personal.'));
    expect(refused.map(({ rule, column, scope }) => [rule, column, scope]).sort()).toEqual([
      ['personal.card', 'note', 'FILE'],
      ['personal.column', 'full_name', 'FILE'],
    ]);
    expect(report.verdict).toBe('REJECTED');
    expect(JSON.stringify(report)).not.toMatch(/Anna|4111|4444/);
  });

  test('of Shopify maps itself and has its line totals made', async () => {
    const report = await judged(orderHistory, [
      'Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem sku,Lineitem price',
      '#1001,anna@shop.example,paid,EUR,2026-11-20 07:30:00 +0000,2,A-1,12.90',
      '#1001,,,,2026-11-20 07:30:00 +0000,1,A-2,5.00',
    ]);
    expect(report.file.platform).toBe('Shopify');
    expect(report.findings.filter(({ severity, rule }) => severity !== 'HINT' && rule !== 'period.short')).toEqual([]);
    expect(report.valid).toBe(2);
  });

  test('is judged against the accepted feed', async () => {
    const feedIds = { size: 1, has: (bytes: Uint8Array, start: number) => bytes[start] === 0x41 };
    const lines = [
      header,
      '1,A,2026-11-20T10:00:00Z,C1,1,1',
      '2,B,2026-11-20T10:00:00Z,C2,1,1',
      '3,B,2026-11-20T10:00:00Z,C3,1,1',
    ];
    const report = await judged(orderHistory, lines, { known: { feedIds } });
    expect(report.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['item.unknown_most', 'item.unknown']),
    );
    expect(report.verdict).toBe('REJECTED');
  });
});

describe('a subscriber list', () => {
  test('asks for the country of numbers without one, and repairs them then', async () => {
    const lines = ['email,phone,consent_email', 'anna@shop.example,0170 1234567,false'];
    expect((await judged(subscriberList, lines)).asks).toEqual(['country']);
    const told = await judged(subscriberList, lines, { declared: { country: 'DE' } });
    expect(told.asks).toEqual([]);
    expect(told.findings.find(({ rule }) => rule === 'phone.format')?.fixable).toBe(1);
  });

  test('shows nobody in its findings', async () => {
    const report = await judged(subscriberList, [
      'email,phone,consent_email,first_name,birthday',
      'annaberg@shop,0171 7654329,maybe,https://annaberg.example,24.06.1986',
      'annaberg@gmial.com,0171 7654329,true,Annaberg {{x}},1986-06-24',
    ]);
    expect(report.findings.find(({ rule }) => rule === 'email.form')?.message).toContain(
      'The domain behind the at sign has no dot',
    );
    expect(report.findings.length).toBeGreaterThan(5);
    expect(JSON.stringify(report)).not.toMatch(/annaberg|7654329|1986-06|24\.06\.1986/i);
  });
});

describe('a day of the calendar', () => {
  test('is as far from 1970 as the host says, and the years 0 to 99 are those of antiquity', () => {
    for (let year = 0; year < 3_000; year++) {
      const host = new Date(0);
      host.setUTCFullYear(year, 1, 28);
      expect(daysTo(year, 2, 28) * 86_400_000).toBe(host.getTime());
      expect(daysTo(year, 3, 1) - daysTo(year, 2, 28)).toBe(
        (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 2 : 1,
      );
    }
    expect(isoMsOf('0099-12-31')).toBeLessThan(isoMsOf('0100-01-01'));
    expect(isoMsOf('2026-11-22T01:02:03.5+01:00')).toBe(Date.parse('2026-11-22T01:02:03.5+01:00'));
  });

  test('of the first century is no order of today', async () => {
    const report = await judged(orderHistory, [header, '1,A,0026-11-20T10:00:00Z,C1,1,12.90']);
    expect(report.findings.map(({ rule }) => rule)).toContain('timestamp.early');
  });
});
