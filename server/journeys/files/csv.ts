import { csvLine, restored } from '../../platform/http/csv.ts';
import type { Part, PartKind } from '../parts.ts';
import { sameName } from '../sameName.ts';
import type { FromFile } from './json.ts';
import { plain } from './json.ts';
import { mostFileBytes, unread } from './problems.ts';
import { readParts, type Written, type WrittenLists } from './read.ts';
import { readTable, type TableRow } from './table.ts';
import { ofKind } from './takenAlong.ts';

/*
 * The touchpoints of a map as a table, for spreadsheets: a row each, in the order of the journey, and names where the map
 * has ids. Cells of several things have them behind semicolons, or in lines when one of them has a semicolon in it; how bad
 * a pain point is stands before it, as in "(3) It takes weeks". Flows, goals and research are in the JSON alone.
 */
type Column = { head: string; known: readonly string[]; field: string };
const columns = {
  stage: { head: 'Stage', known: ['phase'], field: 'stageId' },
  department: { head: 'Department', known: ['initiator', 'lane', 'from'], field: 'initiatorId' },
  others: { head: 'Other departments', known: ['departments', 'others'], field: 'departmentIds' },
  receiver: { head: 'Receiver', known: ['to'], field: 'receiverId' },
  name: { head: 'Touchpoint', known: ['name', 'step'], field: 'name' },
  channel: { head: 'Channel', known: [], field: 'channel' },
  objective: { head: 'Objective', known: ['goal', 'purpose'], field: 'objective' },
  tasks: { head: 'Tasks', known: ['task'], field: 'tasks' },
  tools: { head: 'Tools', known: ['tool', 'systems', 'system'], field: 'tools' },
  experience: { head: 'Experience', known: ['feeling'], field: 'experience' },
  pains: { head: 'Pain points', known: ['pain point', 'pains', 'pain'], field: '' },
} as const satisfies Record<string, Column>;
type ColumnKey = keyof typeof columns;
const keys = Object.keys(columns) as ColumnKey[];

export function toCsv(parts: Iterable<Part>): string {
  const all = [...parts].sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1));
  const names = new Map(all.map(({ id, body }) => [id, 'name' in body ? body.name : '']));
  const namesOf = (ids: readonly (string | null)[]) => ids.flatMap((id) => (id === null ? [] : (names.get(id) ?? [])));
  const stages = ofKind(all, 'STAGE').map(({ id }) => id);
  const pains = new Map<string, string[]>();
  for (const { body } of ofKind(all, 'PAIN_POINT')) {
    const said = `(${body.severity}) ${body.text.replaceAll(/\s+/g, ' ')}`;
    pains.set(body.touchpointId, [...(pains.get(body.touchpointId) ?? []), said]);
  }
  const lines = ofKind(all, 'TOUCHPOINT')
    .sort((one, other) => stages.indexOf(one.body.stageId) - stages.indexOf(other.body.stageId))
    .map(({ id, body }) => {
      const others = body.departmentIds.filter((one) => one !== body.initiatorId);
      const cells: Record<ColumnKey, string | number | null> = {
        stage: names.get(body.stageId) ?? '',
        department: together(namesOf([body.initiatorId])),
        others: together(namesOf(others)),
        receiver: together(namesOf([body.receiverId])),
        name: body.name,
        channel: body.channel,
        objective: body.objective,
        tasks: together(body.tasks),
        tools: together(namesOf(body.tools)),
        experience: body.experience,
        pains: together(pains.get(id) ?? []),
      };
      return csvLine(keys.map((key) => cells[key]));
    });
  return [csvLine(keys.map((key) => columns[key].head)), ...lines].join('');
}

function together(texts: readonly string[]): string {
  return texts.some((text) => text.includes(';')) ? texts.map((text) => `${text}\n`).join('') : texts.join('; ');
}

function apart(cell: string): string[] {
  const texts = cell.split(cell.includes('\n') ? '\n' : ';');
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

/** Whatever the text is: what is fine in it, and what is not. What it names that nobody has described is made. */
export function fromCsv(text: string): FromFile {
  if (Buffer.byteLength(text) > mostFileBytes) return unread('TOO_LARGE', { max: mostFileBytes });
  const table = readTable(text);
  const found = columnsIn(table.heads);
  if (!found.has('stage') || !found.has('name')) {
    return unread('NOT_TABLE', { columns: `${columns.stage.head}, ${columns.name.head}` });
  }
  const taken = new Set(found.values());
  const extra = table.heads.flatMap((head, at) =>
    taken.has(at) || head.trim() === ''
      ? []
      : [{ row: 1, field: head.slice(0, 60), code: 'NOT_READ' as const, params: {} }],
  );
  const unreadable = table.unreadable.map((row) => ({ row, field: null, code: 'UNREADABLE_ROW' as const, params: {} }));
  const lists = listsOf(table.rows, table.heads, found);
  const read = readParts(lists);
  const byRow = [...unreadable, ...read.problems.map(plain)].sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  return { isRead: true, parts: read.parts, problems: [...extra, ...byRow] };
}

type Found = ReadonlyMap<ColumnKey, number>;

function columnsIn(heads: readonly string[]): Found {
  const byHead = new Map(heads.map((head, at) => [sameName(head), at]).reverse() as [string, number][]);
  return new Map(
    keys.flatMap((key): [ColumnKey, number][] => {
      const at = [columns[key].head, ...columns[key].known].map((name) => byHead.get(sameName(name)));
      const first = at.find((one) => one !== undefined);
      return first === undefined ? [] : [[key, first]];
    }),
  );
}

/** The rows as the lists that JSON has, so that one reader checks both. */
function listsOf(rows: readonly TableRow[], heads: readonly string[], found: Found): WrittenLists {
  const lists = { STAGE: [], DEPARTMENT: [], SYSTEM: [], TOUCHPOINT: [], PAIN_POINT: [] } as {
    [Kind in PartKind]?: Written[];
  };
  const headOf = (key: ColumnKey) => heads[found.get(key) ?? -1]?.trim() || columns[key].head;
  const add = (kind: PartKind, row: number, value: object, column: Written['column']) =>
    lists[kind]?.push({ value, row, column });
  const known = new Set<string>();
  for (const { number, cells } of rows) {
    const cell = (key: ColumnKey) => restored(cells[found.get(key) ?? -1] ?? '').trim();
    /** The id of what is called so: the name itself. Whoever says it first makes it. */
    const named = (kind: 'STAGE' | 'DEPARTMENT' | 'SYSTEM', key: ColumnKey, name: string): string => {
      // An id has less room than a name that is too long; which is said of the name.
      const id = sameName(name).slice(0, 200);
      if (!known.has(`${kind} ${id}`)) {
        known.add(`${kind} ${id}`);
        const own =
          kind === 'DEPARTMENT' ? { kind: kindOfDepartment(id) } : { kind: id === 'slipway' ? 'SLIPWAY' : 'OTHER' };
        add(kind, number, { id, name, ...(kind === 'STAGE' ? {} : own) }, () => headOf(key));
      }
      return id;
    };
    const maybe = (kind: 'STAGE' | 'DEPARTMENT', key: ColumnKey) =>
      cell(key) === '' ? null : named(kind, key, cell(key));
    const [initiatorId, others] = [maybe('DEPARTMENT', 'department'), apart(cell('others'))];
    const otherIds = others.map((name) => named('DEPARTMENT', 'others', name));
    const receiverId = maybe('DEPARTMENT', 'receiver');
    const taking = [initiatorId, ...otherIds, receiverId].filter((id) => id !== null);
    const touchpoint = {
      ...{ id: number, stageId: maybe('STAGE', 'stage'), initiatorId, receiverId, departmentIds: [...new Set(taking)] },
      ...{
        name: cell('name') || null,
        channel: cell('channel'),
        objective: cell('objective'),
        tasks: apart(cell('tasks')),
      },
      tools: [...new Set(apart(cell('tools')).map((name) => named('SYSTEM', 'tools', name)))],
      experience: numberIn(cell('experience')),
    };
    const headOfField = new Map(keys.map((key) => [columns[key].field as string, headOf(key)]));
    add('TOUCHPOINT', number, touchpoint, (field) => headOfField.get(field ?? '') ?? headOf('name'));
    for (const pain of apart(cell('pains'))) {
      const [, severity = '2', text = pain] = /^\((\d)\)\s*(.*)$/.exec(pain) ?? [];
      add('PAIN_POINT', number, { touchpointId: number, text, severity: Number(severity) }, () => headOf('pains'));
    }
  }
  return lists;
}

/** A number where there is one; what is none stays, for the reader to say so. */
function numberIn(cell: string): number | string | null {
  if (cell === '') return null;
  const plainly = cell.replace('\u2212', '-').replace(',', '.');
  return /^[+-]?\d{1,9}(\.0+)?$/.test(plainly) ? Number(plainly) : cell;
}

/** A table does not say whose a lane is. */
function kindOfDepartment(name: string): string {
  return ['client', 'clients', 'customer', 'customers'].includes(name) ? 'CUSTOMER' : 'TEAM';
}
