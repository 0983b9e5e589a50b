import { rmSync, writeFileSync } from 'node:fs';
import { folded } from '../../server/firstLook/index/words.ts';
import { type Asked, type Built, buildMemoryMb, firstLookThread } from '../../server/firstLook/run/order.ts';
import { plainSettings } from '../../server/firstLook/settings.ts';
import type { SuggestAnswer } from '../../server/firstLook/shapes.ts';
import { createThreads } from '../../server/platform/threads/threads.ts';
import { longestStallMs } from '../support/stall.ts';
import { makeRunFolder, removeLeftovers } from '../support/temp.ts';
import { makeShop, oneSlip, randomFrom } from './looking/shop.ts';
import type { BenchOptions } from './run.ts';

/*
 * A feed of 50,000 products becomes an index in a thread, and somebody types in its search box: what each letter costs
 * through the thread, beside a plain scan over all titles, which knows no typos, no order and no counts.
 */
const products = 50_000;
const bars = { cpuSeconds: 10, megabytes: 200, p95Ms: 30 };

export async function run({ isFull, seed }: BenchOptions): Promise<void> {
  removeLeftovers();
  const folder = makeRunFolder();
  const random = randomFrom(seed);
  const shop = makeShop(products, random);
  const [feed, orders] = [`${folder}/feed.csv`, `${folder}/orders.csv`];
  writeFileSync(feed, shop.feed);
  writeFileSync(orders, shop.orders);
  const threads = createThreads(firstLookThread, 1);
  const builders = createThreads(firstLookThread, 1, buildMemoryMb);
  try {
    // Compiles the thread's code, which an installation does once.
    await threads.start('ask', { key: 'none', path: `${folder}/none`, ask: { kind: 'email' }, settings: plainSettings })
      .result;
    const builds = [];
    for (let round = 0; round < (isFull ? 5 : 3); round++) {
      const target = `${folder}/index-${round}`;
      builds.push(await measure(() => build(builders, feed, orders, target)));
    }
    const [first] = builds as [(typeof builds)[number]];
    const cpu = median(builds.map(({ cpuSeconds }) => cpuSeconds));
    const added = Math.max(...builds.map(({ megabytes }) => megabytes));
    const stall = Math.max(...builds.map(({ stallMs }) => stallMs));
    console.log(`seed ${seed}, ${first.value.shown.toLocaleString('en')} products, orders ${first.value.hasOrders}`);
    console.log(
      `build: ${cpu.toFixed(1)} s of CPU (bar ${bars.cpuSeconds}), ${added.toFixed(0)} MB over its start (bar ${bars.megabytes}), main loop held ${stall.toFixed(0)} ms at most`,
    );

    const place = { key: 'bench', path: `${folder}/index-0` };
    const typed = typing(shop.titles, isFull ? 400 : 120, random);
    const ask = async (text: string) =>
      (await threads.start('ask', { ...place, ask: { kind: 'suggest', text }, settings: plainSettings })
        .result) as Asked;
    const opened = performance.now();
    await ask('');
    const openedMs = performance.now() - opened;
    for (const text of typed.slice(0, 200)) await ask(text);
    let answered = 0;
    const ours: number[] = [];
    const loop = await measure(async () => {
      for (const text of typed) {
        const begun = performance.now();
        const asked = await ask(text);
        ours.push(performance.now() - begun);
        if (!asked.isGone && (asked.answer as SuggestAnswer).products.length > 0) answered++;
      }
    });
    const peer = scanner(shop.titles);
    for (const text of typed.slice(0, 200)) peer(text);
    let found = 0;
    const theirs = typed.map((text) => {
      const begun = performance.now();
      if (peer(text).length > 0) found++;
      return performance.now() - begun;
    });
    const [p50, p95] = [quantile(ours, 0.5), quantile(ours, 0.95)];
    const letters = typed.length.toLocaleString('en');
    console.log(
      `type-ahead, ${letters} letters typed, of which a fifth in words with a typo; opened in ${openedMs.toFixed(0)} ms`,
    );
    console.log(
      `ours       p50 ${ms(p50)}, p95 ${ms(p95)} (bar ${bars.p95Ms}), max ${ms(Math.max(...ours))}, ${loop.cpuSeconds.toFixed(1)} s of CPU, ${share(answered, typed)} answered, main loop held ${loop.stallMs.toFixed(0)} ms at most`,
    );
    console.log(
      `plain scan p50 ${ms(quantile(theirs, 0.5))}, p95 ${ms(quantile(theirs, 0.95))}, max ${ms(Math.max(...theirs))}, ${share(found, typed)} answered; ours takes ${(p50 / quantile(theirs, 0.5)).toFixed(2)}x at p50, ${(p95 / quantile(theirs, 0.95)).toFixed(2)}x at p95`,
    );
    if (cpu > bars.cpuSeconds) throw new Error('A build takes too long.');
    if (added > bars.megabytes) throw new Error('A build takes too much memory.');
    if (p95 > bars.p95Ms) throw new Error('Type-ahead is too slow.');
  } finally {
    await Promise.all([threads.close(), builders.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(
  threads: ReturnType<typeof createThreads>,
  feed: string,
  orders: string,
  target: string,
): Promise<Built> {
  const judge = {
    table: null,
    profile: null,
    threshold: 0.95,
    declared: {},
    mapping: {},
    asOf: '2026-11-22T12:00:00.000Z',
  };
  const fileOf = (path: string, rules: string) => ({ places: [path], name: 'file.csv', judge: { ...judge, rules } });
  const order = {
    feed: { ...fileOf(feed, 'product-feed'), valid: products },
    orders: fileOf(orders, 'order-history'),
    target,
  };
  return (await threads.start('feed', order, { isAlone: true }).result) as Built;
}

/** Of the whole process: its CPU, the most that its memory grew to, and how long the main loop was held. */
async function measure<T>(work: () => Promise<T>) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 10);
  const begun = process.cpuUsage();
  let value: T | undefined;
  const stallMs = await longestStallMs(async () => {
    value = await work();
  });
  clearInterval(timer);
  const { user, system } = process.cpuUsage(begun);
  return { value: value as T, cpuSeconds: (user + system) / 1e6, megabytes: (most - before) / 1e6, stallMs };
}

/** Letter by letter, as people type the first words of titles; a fifth of them with a slip in one word. */
function typing(titles: readonly string[], people: number, random: () => number): string[] {
  return Array.from({ length: people }, (_, at) => {
    const title = titles[Math.floor(random() * titles.length)] as string;
    const words = title.split(' ');
    const from = Math.floor(random() * Math.max(1, words.length - 2));
    const wanted = words.slice(from, from + 2);
    const text = (
      at % 5 === 0 ? wanted.map((word, place) => (place === 0 ? oneSlip(word, random) : word)) : wanted
    ).join(' ');
    return Array.from({ length: Math.min(text.length, 14) }, (__, letter) => text.slice(0, letter + 1));
  }).flat();
}

/** What one writes in an afternoon: every title looked at, the first six kept. */
function scanner(titles: readonly string[]): (text: string) => number[] {
  const texts = titles.map((title) => ` ${folded(title)}`);
  return (text) => {
    const words = folded(text)
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ` ${word}`);
    const found: number[] = [];
    for (let at = 0; at < texts.length; at++) {
      if (words.every((word) => (texts[at] as string).includes(word))) found.push(at);
    }
    return found.slice(0, 6);
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

const median = (values: readonly number[]) => quantile(values, 0.5);
const ms = (value: number) => `${value.toFixed(1)} ms`;
const share = (some: number, all: readonly unknown[]) => `${Math.round((some / all.length) * 100)} %`;
