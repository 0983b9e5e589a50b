import type { PostgresServer } from '../../support/postgres.ts';
import { commitTimes } from './commits.ts';
import { against, median, megabytes, middleOf, range, spread, warnOfGenerator } from './figures.ts';
import type { Trace, TraceOutcome } from './load.ts';
import { carryOut, type Done } from './order.ts';
import { peakBytesOf } from './processTimes.ts';
import { type Side, type SideName, sideNames, startSide } from './sides.ts';
import { type Spread, spreadOf, type Typing, type TypingOutcome } from './typing.ts';

export type Ground = { server: PostgresServer; folder: string; isFull: boolean; seed: number; trace: string | null };

/** The short form asks only us, and whom the part's bar is set by. */
const inMemory: readonly SideName[] = ['ours', 'y-websocket'];
const onDisk: readonly SideName[] = ['ours', 'y-websocket + LevelDB'];
const onServers = sideNames.filter((name) => name !== 'ours embedded');

/** Sides take turns, round by round, so that a machine that is slow for a while is slow for all. */
async function inTurns<T>(
  ground: Ground,
  { rounds, notes, sides }: { rounds: number; notes: number; sides: readonly SideName[] },
  measure: (side: Side) => Promise<T>,
): Promise<Map<SideName, T[]>> {
  const chosen = sides.filter((name) => process.env.BENCH_SIDES?.split(',').includes(name) ?? true);
  const results = new Map<SideName, T[]>(chosen.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of chosen) {
      const side = await startSide(name, { ...ground, notes });
      try {
        results.get(name)?.push(await measure(side));
      } finally {
        await side.kill();
      }
    }
  }
  return results;
}

const of = <T>(results: Map<SideName, T[]>, name: SideName) => results.get(name) ?? [];

/** 100 people in one note, each of whose letters goes to 99 others. */
export async function fanOut(ground: Ground): Promise<void> {
  const [people, perSecond, seconds] = [100, 100, ground.isFull ? 15 : 3];
  const sides = ground.isFull ? sideNames : inMemory;
  const results = await inTurns(ground, { rounds: ground.isFull ? 5 : 2, notes: 1, sides }, (side) =>
    carryOut(side, typed([Array.from({ length: people }, (_, socket) => side.place(0, socket))], perSecond, seconds)),
  );
  console.log(`\n${people} people in one note, ${perSecond} letters a second`);
  const perDelivery = (one: Done<TypingOutcome>) => (one.serverMs * 1_000) / one.outcome.deliveries;
  printTyping(results, perDelivery, 'us per delivery');
  const ratio = median(of(results, 'ours').map(perDelivery)) / median(of(results, 'y-websocket').map(perDelivery));
  console.log(`  ours / y-websocket in memory: ${against(ratio, 0.9, 'most')}`);
  mustBePrompt(results);
}

/** Many small notes at once: two people write in each. */
export async function manyNotes(ground: Ground): Promise<void> {
  const [notes, perSecond, seconds] = [500, 500, ground.isFull ? 20 : 4];
  const sides = ground.isFull ? onServers : inMemory;
  const results = await inTurns(ground, { rounds: ground.isFull ? 3 : 1, notes, sides }, (side) => {
    const documents = Array.from({ length: notes }, (_, note) => [
      side.place(note, 2 * note),
      side.place(note, 2 * note + 1),
    ]);
    return carryOut(side, typed(documents, perSecond, seconds));
  });
  console.log(`\n${notes} notes with two writers each, ${perSecond} letters a second in all`);
  printTyping(results, (one) => (one.serverMs * 1_000) / one.outcome.updates, 'us per letter');
  mustBePrompt(results);
}

function typed(documents: Typing['documents'], perSecond: number, seconds: number): Typing {
  return { kind: 'typing', documents, isEverybodyWriting: true, perSecond, seconds };
}

function printTyping(
  results: Map<SideName, Done<TypingOutcome>[]>,
  cost: (one: Done<TypingOutcome>) => number,
  unit: string,
): void {
  for (const [name, all] of results) {
    const outcomes = all.map((one) => one.outcome);
    const middle = (pick: (one: TypingOutcome) => Spread | null) =>
      middleOf(outcomes.flatMap((one) => pick(one) ?? []));
    const database = median(all.map((one) => one.databaseMs / one.serverMs));
    const beside = database > 0 ? `, its PostgreSQL ${database.toFixed(1)}x that besides` : '';
    const saved = middle((one) => one.durable);
    const durable = saved.count > 0 ? `, durable after ${spread(saved)}` : '';
    const grouped = median(outcomes.map((one) => one.deliveries / Math.max(1, one.frames))).toFixed(1);
    const share = Math.max(...outcomes.map((one) => one.generatorShare));
    console.log(
      `  ${name.padEnd(22)} ${range(all.map(cost))} ${unit}${beside}; seen after ${spread(middle((one) => one.latency))} (p50 / p95 / p99)${durable}; ${grouped} letters a frame${warnOfGenerator(share)}`,
    );
    const missing = all.reduce((sum, one) => sum + one.outcome.missing, 0);
    if (missing > 0) console.log(`  ${name}: ${missing} people did not see everything`);
    if (missing > 0 && name.startsWith('ours')) throw new Error('Not everybody saw every letter.');
  }
}

const durableWithinMs = 600;

/** On a machine that is held up by others everybody is late; then it is the peer who says how late one has to be. */
function mustBePrompt(results: Map<SideName, Done<TypingOutcome>[]>): void {
  const durable = median(of(results, 'ours').map(({ outcome }) => outcome.durable?.p95 ?? Number.POSITIVE_INFINITY));
  const peer = median(of(results, 'y-websocket').map(({ outcome }) => outcome.latency.p95));
  console.log(`  durable within ${durable.toFixed(0)} ms for 95 in 100 (bar <= ${durableWithinMs})`);
  if (durable > Math.max(durableWithinMs, 2 * peer)) throw new Error('What was typed was durable too late.');
}

type Paper = Done<TraceOutcome> & { peakBytes: number; startBytes: number };

/**
 * A paper, key by key, as fast as it goes: one writes, one reads, a third comes later. The bars are of its first 40,000
 * edits, as promised. The whole of it is more than a socket may ask for at once, so there the allowance of one socket
 * (limits.ts of the server's notes) is the pace, and it is shown without a bar.
 */
export async function paper(ground: Ground): Promise<void> {
  await paperOf(ground, { isWhole: false });
  if (ground.isFull) await paperOf(ground, { isWhole: true });
}

async function paperOf(ground: Ground, { isWhole }: { isWhole: boolean }): Promise<void> {
  const { trace: file, isFull, seed } = ground;
  const sides = isFull ? sideNames : onDisk;
  const rounds = isFull && !isWhole ? 5 : 2;
  const results = await inTurns(ground, { rounds, notes: 1, sides }, async (side): Promise<Paper> => {
    const startBytes = peakBytesOf(side.pid);
    const places = { writer: side.place(0, 0), reader: side.place(0, 1), newcomer: side.place(0, 2) };
    const order: Trace = { kind: 'trace', ...places, file, isWhole, seed };
    const done = await carryOut(side, order);
    return { ...done, startBytes, peakBytes: peakBytesOf(side.pid) };
  });
  const outcome = [...results.values()][0]![0]!.outcome;
  console.log(
    `\n${file === null ? 'a made trace' : 'the trace of a paper'}, ${outcome.edits.toLocaleString('en')} edits`,
  );
  const rate = ({ outcome: { edits, ms } }: Paper) => (edits / ms) * 1_000;
  const loads = (name: SideName) => of(results, name).map((one) => median(one.outcome.loadMs));
  const peaks = (name: SideName) => of(results, name).map((one) => one.peakBytes);
  for (const [name, all] of results) {
    const cpu = range(all.map((one) => (one.serverMs * 1_000) / one.outcome.edits));
    const share = Math.max(...all.map((one) => one.outcome.generatorShare));
    const start = median(all.map((one) => one.startBytes));
    console.log(
      `  ${name.padEnd(22)} ${range(all.map(rate), 0)} edits/s, ${cpu} us of processor each; a third loads it in ${range(loads(name))} ms, ${range(all.map((one) => median(one.outcome.knockMs)))} from knocking; peak ${megabytes(Math.max(...peaks(name)))}, at the start ${megabytes(start)}${warnOfGenerator(share)}`,
    );
    const isEqual = all.every((one) => one.outcome.isEqual);
    if (!isEqual) console.log(`  ${name}: the text did not arrive as it was written`);
    if (!isEqual && name.startsWith('ours')) throw new Error('The text did not arrive as it was written.');
  }
  const level: SideName = 'y-websocket + LevelDB';
  const speed = median(of(results, 'ours').map(rate)) / median(of(results, level).map(rate));
  if (isWhole) return console.log(`  ours / ${level}: edits/s ${speed.toFixed(2)}x (no bar)`);
  console.log(`  ours / ${level}: edits/s ${against(speed, 1.5, 'least')}`);
  console.log(`  load ${against(median(loads('ours')) / median(loads(level)), 0.7, 'most')}`);
  console.log(`  peak memory ${against(Math.max(...peaks('ours')) / Math.max(...peaks(level)), 1, 'most')}`);
}

type Killed = Done<TypingOutcome> & {
  seen: number;
  lost: number;
  lostAcknowledged: number;
  emptyFirst: number;
  documents: number;
};

/**
 * SIGKILL while ten people type; then a newcomer looks at each note. Every side gets the same letters at the same pace
 * from the same generator, is killed in the middle of them, started again on its data and looked at. The p99 is of the
 * letters that another person saw before the kill; nobody's start is in it. It is taken over the letters of all rounds
 * together, since of the 200 letters of one round it would be the second worst. The bar's peer keeps nothing: the ratio
 * is the whole price of durability, a commit that is synced to disk before the letter goes on. What such a commit takes
 * by itself, on the same server and between the same rounds, is printed beside: no server that keeps its word is faster.
 */
export async function killed(ground: Ground): Promise<void> {
  const [notes, perSecond] = [10, 50];
  const durations = ground.isFull ? [4, 15] : [4];
  const sides = ground.isFull ? onServers : inMemory;
  for (const seconds of durations) {
    const commits: number[] = [];
    const results = await inTurns(
      ground,
      { rounds: ground.isFull ? 5 : 2, notes, sides },
      async (side): Promise<Killed> => {
        const documents = Array.from({ length: notes }, (_, note) => [side.place(note, 0), side.place(note, 1)]);
        const order: Typing = {
          kind: 'typing',
          documents,
          isEverybodyWriting: false,
          perSecond,
          seconds,
          isTold: true,
        };
        if (side.name === 'ours') commits.push(...(await commitTimes(ground.server, perSecond)));
        const done = await carryOut(side, order, () => side.kill());
        await side.start();
        const look = await carryOut(side, { kind: 'look', places: documents.map((_, note) => side.place(note, 2)) });
        const { seen, acknowledged } = done.outcome;
        const { first, later } = look.outcome;
        const less = (counts: number[]) =>
          counts.reduce((sum, count, at) => sum + Math.max(0, count - (later[at] ?? 0)), 0);
        return {
          ...done,
          documents: notes,
          seen: seen.reduce((sum, count) => sum + count, 0),
          lost: less(seen),
          lostAcknowledged: less(acknowledged),
          emptyFirst: first.filter((count, at) => count === 0 && (seen[at] ?? 0) > 0).length,
        };
      },
    );
    console.log(`\nkilled with -9 after ${seconds} s of typing, ${notes} notes, ${perSecond} letters a second in all`);
    for (const [name, all] of results) {
      const sum = (count: (one: Killed) => number) => all.reduce((total, one) => total + count(one), 0);
      console.log(
        `  ${name.padEnd(22)} lost ${sum((one) => one.lost)} of ${sum((one) => one.seen)} that another had seen; ${sum((one) => one.emptyFirst)} of ${sum((one) => one.documents)} first states empty; seen after ${spread(together(all))} (p50 / p95 / p99 of ${together(all).count} letters), p99 by round ${range(all.map((one) => one.outcome.latency.p99))} ms`,
      );
    }
    const p99 = (name: SideName) => together(of(results, name)).p99;
    console.log(`  a commit alone takes ${spread(spreadOf(commits))}`);
    console.log(`  p99, ours / y-websocket in memory: ${against(p99('ours') / p99('y-websocket'), 1.5, 'most')}`);
    console.log(`  p99, ours / a commit alone: ${(p99('ours') / spreadOf(commits).p99).toFixed(2)}x`);
    for (const one of [...of(results, 'ours'), ...of(results, 'ours embedded')]) {
      if (one.lost + one.lostAcknowledged + one.emptyFirst > 0) throw new Error('Something was lost by a kill.');
    }
  }
}

function together(rounds: readonly Killed[]): Spread {
  return spreadOf(rounds.flatMap((one) => one.outcome.latencies));
}
