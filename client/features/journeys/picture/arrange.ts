import type { Exchanges } from '../../../../server/journeys/gaps/exchanges.ts';
import type { JourneyMap, Touchpoint } from '../../../../server/journeys/map.ts';
import { curveBetween, type Place } from '../curves.ts';
import type { Layer } from '../layers.ts';
import { cellKey, layoutOf, meanExperience, nowhere } from '../layout.ts';
import { linesOf, type WidthOf } from './lines.ts';

/** What a picture is painted with; the colours are the theme's. */
export type Tone =
  | 'ground'
  | 'sheet'
  | 'well'
  | 'line'
  | 'line-strong'
  | 'control-line'
  | 'ink'
  | 'ink-soft'
  | 'accent'
  | 'accent-text'
  | 'bad-mark'
  | 'bad-text'
  | 'care-mark'
  | 'good-mark';

/** A part of a picture, in its own units; later ones lie over earlier ones. */
export type Shape =
  | { kind: 'box'; x: number; y: number; width: number; height: number; fill: Tone; edge?: Tone; radius?: number }
  | { kind: 'text'; x: number; y: number; text: string; size: number; isStrong?: boolean; tone: Tone }
  | { kind: 'path'; d: string; tone: Tone; width: number; dash?: string; hasTip?: boolean }
  | { kind: 'dot'; x: number; y: number; tone: Tone };

export type Picture = {
  width: number;
  height: number;
  shapes: readonly Shape[];
  /** Where each stage stands, for going from one to the next. */
  stages: readonly { name: string; x: number; width: number }[];
};

export type PictureWords = {
  title: string;
  state: string;
  noStage: string;
  noDepartment: string;
  experience: string;
  missing: (names: string) => string;
  gaps: (count: number) => string;
};

const lane = 132;
const pad = 12;
const inside = 10;
const head = { title: 64, stages: 36, curve: 64 } as const;
/** Sentences need more room than names. */
const columnOf = (shown: ReadonlySet<Layer>) => (shown.has('pains') || shown.has('goals') ? 320 : 248);

type Given = {
  map: JourneyMap;
  exchanges: Exchanges;
  gapsAt: ReadonlyMap<string, number>;
  shown: ReadonlySet<Layer>;
  words: PictureWords;
  widthOf: WidthOf;
};

/** The whole map as shapes with their places; pure but for how wide text is. */
export function arrange({ map, exchanges, gapsAt, shown, words, widthOf }: Given): Picture {
  const layout = layoutOf(map);
  const column = columnOf(shown);
  const cardWidth = column - 2 * pad;
  const width = lane + layout.columns.length * column;
  const shapes: Shape[] = [];
  const text = (x: number, y: number, said: string, size = 12, tone: Tone = 'ink', isStrong = false) =>
    shapes.push({ kind: 'text', x, y, text: said, size, tone, isStrong });
  text(pad, 30, words.title, 20, 'ink', true);
  text(pad, 50, words.state, 12, 'ink-soft');

  const left = (at: number) => lane + at * column;
  let y: number = head.title;
  shapes.push({ kind: 'box', x: 0, y, width, height: head.stages, fill: 'well' });
  for (const [at, { id, name }] of layout.columns.entries()) {
    const lines = linesOf(id === nowhere ? words.noStage : name, cardWidth, 13, widthOf, 1);
    text(left(at) + pad, y + 23, lines[0] ?? '', 13, 'ink', true);
  }
  y += head.stages;
  if (shown.has('experience')) {
    text(pad, y + 36, words.experience, 12, 'ink-soft');
    shapes.push(...curve(map, layout.columns, y, left, column));
    y += head.curve;
  }

  const places = new Map<string, Place>();
  const cards: Shape[] = [];
  // A lane in which nothing stands says nothing on a wall.
  for (const { id, name, kind } of layout.lanes.filter((one) => one.deepest > 0)) {
    const top = y;
    let deepest = 56;
    for (const [at, stage] of layout.columns.entries()) {
      let cardTop = top + pad;
      for (const touchpoint of layout.cells.get(cellKey(stage.id, id)) ?? []) {
        const card = cardOf(touchpoint, { map, exchanges, gapsAt, shown, words, widthOf }, left(at) + pad, cardTop);
        cards.push(...card.shapes);
        places.set(touchpoint.id, card.place);
        cardTop += card.place.height + pad;
      }
      deepest = Math.max(deepest, cardTop - top);
    }
    shapes.push({ kind: 'box', x: 0, y: top, width: lane, height: deepest, fill: 'well' });
    if (kind === 'CUSTOMER') shapes.push({ kind: 'box', x: 0, y: top, width: 3, height: deepest, fill: 'accent' });
    shapes.push({ kind: 'path', d: `M0 ${top} L${width} ${top}`, tone: 'line', width: 1 });
    for (const [at, line] of linesOf(
      id === nowhere ? words.noDepartment : name,
      lane - 2 * pad,
      13,
      widthOf,
      3,
    ).entries())
      text(pad, top + 26 + at * 16, line, 13, 'ink', true);
    y += deepest;
  }
  for (const at of layout.columns.keys())
    shapes.push({ kind: 'path', d: `M${left(at)} ${head.title} L${left(at)} ${y}`, tone: 'line', width: 1 });
  if (shown.has('flow'))
    for (const { fromId, toId, isAutomatic } of exchanges.exchanges) {
      const [from, to] = [places.get(fromId), places.get(toId)];
      if (!from || !to) continue;
      const tone = isAutomatic ? 'accent' : 'control-line';
      const dash = isAutomatic ? {} : { dash: '5 3' };
      shapes.push({ kind: 'path', d: curveBetween(from, to), tone, width: 1.25, hasTip: true, ...dash });
    }
  shapes.push(...cards);
  const stages = layout.columns.map(({ name }, at) => ({ name: name || words.noStage, x: left(at), width: column }));
  return { width, height: y + pad, shapes, stages };
}

/** How the customer feels, from stage to stage. */
function curve(
  map: JourneyMap,
  columns: readonly { id: string }[],
  top: number,
  left: (at: number) => number,
  column: number,
): Shape[] {
  const width = left(columns.length);
  const middle = top + head.curve / 2;
  const points = columns.map(({ id }, at) => ({ x: left(at) + column / 2, value: meanExperience(map, id) }));
  const height = (value: number) => middle - value * (head.curve / 5);
  const shapes: Shape[] = [
    { kind: 'path', d: `M${lane} ${middle} L${width} ${middle}`, tone: 'line', width: 1, dash: '4 4' },
  ];
  let d = '';
  let isOpen = false;
  for (const { x, value } of points) {
    if (value !== null) d += `${isOpen ? 'L' : 'M'}${x} ${height(value)} `;
    isOpen = value !== null;
  }
  if (d !== '') shapes.push({ kind: 'path', d: d.trim(), tone: 'accent', width: 2 });
  for (const { x, value } of points) {
    if (value === null) continue;
    const felt = Math.round(value);
    const tone = felt < 0 ? 'bad-mark' : felt > 0 ? 'good-mark' : 'accent';
    shapes.push({ kind: 'dot', x, y: height(value), tone });
  }
  return shapes;
}

type Line = { text: string; size: number; tone: Tone; isStrong?: boolean; edge?: Tone };

/** One card, as high as what it says. */
function cardOf(touchpoint: Touchpoint, given: Given, x: number, y: number): { place: Place; shapes: Shape[] } {
  const { map, exchanges, gapsAt, shown, words, widthOf } = given;
  const cardWidth = columnOf(shown) - 2 * pad;
  const room = cardWidth - 2 * inside;
  const lines: Line[] = [];
  const say = (
    text: string,
    most: number,
    { size = 11, tone = 'ink-soft', isStrong = false, edge }: Partial<Line> = {},
  ) => {
    for (const line of linesOf(text, room - (edge ? 10 : 0), size, widthOf, most))
      lines.push({ text: line, size, tone, isStrong, ...(edge ? { edge } : {}) });
  };
  say(touchpoint.name, 3, { size: 12.5, tone: 'ink', isStrong: true });
  const namesOf = (list: readonly { id: string; name: string }[], ids: readonly string[]) =>
    list.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  const tools = shown.has('tools') ? namesOf(map.systems, touchpoint.tools) : [];
  const soft = [...new Set([touchpoint.channel, ...tools])].filter((part) => part !== '').join(' · ');
  if (soft !== '') say(soft, 2);
  if (shown.has('goals'))
    for (const goal of map.goals)
      if (goal.touchpointIds.includes(touchpoint.id)) say(goal.name, 2, { tone: 'accent-text' });
  if (shown.has('pains'))
    for (const { text, touchpointId, severity } of map.painPoints)
      if (touchpointId === touchpoint.id)
        say(text, 3, { tone: 'ink', edge: severity === 3 ? 'bad-mark' : severity === 2 ? 'care-mark' : 'line-strong' });
  const lacks = shown.has('flow') ? namesOf(map.items, exchanges.missing.get(touchpoint.id) ?? []) : [];
  if (lacks.length > 0) say(words.missing(lacks.join(', ')), 3, { tone: 'bad-text', edge: 'bad-mark' });
  const gaps = gapsAt.get(touchpoint.id) ?? 0;
  if (gaps > 0) say(words.gaps(gaps), 1, { tone: 'ink' });

  const shapes: Shape[] = [];
  let baseline = y + inside;
  for (const { edge, ...line } of lines) {
    const step = line.size + 4;
    if (edge) shapes.push({ kind: 'box', x: x + inside, y: baseline, width: 3, height: step, fill: edge });
    shapes.push({ kind: 'text', x: x + inside + (edge ? 10 : 0), y: baseline + line.size, ...line });
    baseline += step;
  }
  const height = baseline - y + inside - 4;
  const box: Shape = { kind: 'box', x, y, width: cardWidth, height, fill: 'sheet', edge: 'line-strong', radius: 6 };
  return { place: { left: x, top: y, width: cardWidth, height }, shapes: [box, ...shapes] };
}
