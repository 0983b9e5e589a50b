import { importsOf, type Source } from './source.ts';

/**
 * Who may import whom on the server, lowest first. A folder imports itself and any earlier line; names on one line are
 * strangers. `cli` and `main` start the app, so they stand above it. A new arrow is a decision: see ARCHITECTURE.md.
 */
export const serverLayers: readonly (readonly string[])[] = [
  ['access', 'config', 'words', 'calendar', 'inputs', 'conditions'],
  ['drizzle/schema', 'events'],
  ['platform'],
  ['accounts'],
  ['tokens'],
  ['files'],
  ['projects'],
  ['tasks'],
  ['plan', 'submissions'],
  ['templates', 'comments', 'notes', 'milestones'],
  [
    'notifications',
    'handovers',
    'delegations',
    'webhooks',
    'statistics',
    'workload',
    'views',
    'journeys',
    'search',
    'firstLook',
    'audit',
  ],
  ['live', 'day', 'mcp', 'sample'],
  ['schema', 'graphqlHttp', 'graphqlSocket', 'clientPages', 'clientDev'],
  ['app'],
  ['cli', 'main'],
];

const firstNoun = 3;
/** From here up are the files that put the parts together: they know every door of a noun. */
const appLayer = 12;
const nounDoors = /\/(types|commands|queries)\.ts$/;

/**
 * Components may speak (words) and name the schema's types (api, types only); they load and keep no data. `frame` is a
 * program of its own, in a frame that reaches nothing: it has no words, and the page around it knows its protocol.
 */
export const clientLayers: readonly (readonly string[])[] = [
  ['words', 'frame'],
  ['api'],
  ['components'],
  ['features'],
  ['live'],
  ['screens'],
  ['routes'],
];

/** What a file may not import, as sentences; empty when all is well. */
export function importProblems(source: Source): string[] {
  return importsOf(source)
    .filter(({ isOurs }) => isOurs)
    .flatMap(({ target }) => {
      const why = reasonAgainst(source.path, target) ?? dataReason(source, target);
      return why === null ? [] : [`${source.path} imports ${target}: ${why}`];
    });
}

function reasonAgainst(from: string, to: string): string | null {
  if (from.startsWith('client/')) return clientReason(from, to);
  if (to.startsWith('client/')) return 'server and client meet in schema.graphql only';
  if (to.startsWith('test/')) return 'nothing imports the tests';
  return serverReason(from, to);
}

function serverReason(from: string, to: string): string | null {
  const [fromUnit, toUnit] = [serverUnit(from), serverUnit(to)];
  if (fromUnit === toUnit) return null;
  const [fromLayer, toLayer] = [layerOf(serverLayers, fromUnit), layerOf(serverLayers, toUnit)];
  if (fromLayer < 0) return `${fromUnit} has no place in the order`;
  if (toLayer < 0) return `${toUnit} has no place in the order`;
  if (toLayer === fromLayer) return `${fromUnit} and ${toUnit} are strangers`;
  if (toLayer > fromLayer) return `${toUnit} stands above ${fromUnit}`;
  const isBetweenNouns = toLayer >= firstNoun && toLayer < appLayer && fromLayer < appLayer;
  const isOneFile = to === `server/${toUnit}.ts`;
  const isDoor = isOneFile || nounDoors.test(to) || isShared(to);
  if (isBetweenNouns && !isDoor) return 'across nouns only types, commands and queries';
  return null;
}

/** `server/tasks/commands.ts` -> tasks, `server/app.ts` -> app, `drizzle/schema/x.ts` -> drizzle/schema. */
function serverUnit(path: string): string {
  if (path.startsWith('drizzle/schema/')) return 'drizzle/schema';
  return (
    path
      .replace(/^server\//, '')
      .replace(/\.tsx?$/, '')
      .split('/')[0] ?? ''
  );
}

/** Pure, and open to whoever stands above; also to the browser, whose only doors to the server they are. */
const sharedEngines = [
  'server/submissions/validation/',
  'server/notes/document/',
  'server/journeys/map.ts',
  'server/journeys/parts.ts',
  'server/journeys/compare.ts',
  'server/journeys/measured.ts',
  'server/journeys/sameName.ts',
  'server/journeys/said.ts',
  'server/journeys/gaps/',
  'server/words/gaps.ts',
];
const isShared = (to: string) => sharedEngines.some((folder) => to.startsWith(folder));

/** Engines that need nothing at all: no package, no part of Node, nothing of ours but each other. */
const pureEngines = [
  'server/journeys/map.ts',
  'server/journeys/parts.ts',
  'server/journeys/compare.ts',
  'server/journeys/measured.ts',
  'server/journeys/sameName.ts',
  'server/journeys/said.ts',
  'server/journeys/gaps/',
  'server/words/gaps.ts',
];
const isPure = (path: string) => pureEngines.some((part) => path.startsWith(part));

/** What a pure engine reaches for outside itself, as sentences; empty when all is well. */
export function purityProblems(source: Source): string[] {
  if (!isPure(source.path)) return [];
  return importsOf(source)
    .filter(({ isOurs, target }) => !isOurs || !isPure(target))
    .map(({ target }) => `${source.path} imports ${target}: it is pure, and also runs in the browser`);
}

function clientReason(from: string, to: string): string | null {
  if (isShared(to)) return null;
  if (!to.startsWith('client/')) return 'server and client meet in schema.graphql only';
  const [fromUnit, toUnit] = [clientUnit(from), clientUnit(to)];
  if (fromUnit.name === toUnit.name) return null;
  const [fromLayer, toLayer] = [layerOf(clientLayers, fromUnit.layer), layerOf(clientLayers, toUnit.layer)];
  if (toLayer === fromLayer) return `${fromUnit.name} and ${toUnit.name} are strangers`;
  if (toLayer > fromLayer) return `${toUnit.name} stands above ${fromUnit.name}`;
  return null;
}

/** Screens and features are units one by one; what stands at the top of client/ (routes, main, build) is one unit. */
function clientUnit(path: string): { layer: string; name: string } {
  const [folder = '', piece = ''] = path.replace(/^client\//, '').split('/');
  if (piece === '') return { layer: 'routes', name: 'routes' };
  if (folder === 'screens' || folder === 'features') {
    return { layer: folder, name: `${folder}/${piece.replace(/\.tsx?$/, '')}` };
  }
  return { layer: folder, name: folder };
}

/** A component that imports a value of api/ could load data. */
function dataReason({ path, text }: Source, to: string): string | null {
  if (!path.startsWith('client/components/') || !to.startsWith('client/api/')) return null;
  const withoutTypes = text.replaceAll(/import type [^;]*;/g, '');
  return withoutTypes.includes(`'${to.replace('client/', '../')}'`) ? 'a component takes only types from api' : null;
}

function layerOf(layers: readonly (readonly string[])[], unit: string): number {
  return layers.findIndex((names) => names.includes(unit));
}
