import ts from 'typescript';
import { importsOf, nodesOf, placeOf, type Source, syntaxOf } from './source.ts';

const containers = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'EventEmitter']);
const mutators = 'add|set|delete|clear|push|pop|shift|unshift|splice|sort|reverse|emit|on';

/** Top-level state that changes: it outlives `App.close()` and is shared by two apps in one process. */
export function mutableStateProblems(source: Source): string[] {
  const tree = syntaxOf(source);
  return tree.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    if (statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword)) return [];
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    return statement.declarationList.declarations.flatMap((declaration) => {
      const name = declaration.name.getText(tree);
      if (!isConst) return [`${placeOf(tree, declaration)} ${name} is a top-level let`];
      const isEmpty = isEmptyContainer(declaration.initializer);
      const isMutated = isContainer(declaration.initializer) && isChanged(source.text, name);
      const isReadonly = declaration.type?.getText(tree).startsWith('Readonly') ?? false;
      return (isEmpty && !isReadonly) || isMutated ? [`${placeOf(tree, declaration)} ${name} is top-level state`] : [];
    });
  });
}

function isContainer(node: ts.Expression | undefined): boolean {
  if (!node) return false;
  if (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node)) return true;
  return ts.isNewExpression(node) && containers.has(node.expression.getText());
}

function isEmptyContainer(node: ts.Expression | undefined): boolean {
  if (!node || !isContainer(node)) return false;
  if (ts.isNewExpression(node)) return (node.arguments?.length ?? 0) === 0;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  return ts.isObjectLiteralExpression(node) && node.properties.length === 0;
}

function isChanged(text: string, name: string): boolean {
  const escaped = name.replaceAll(/[^\w$]/g, '');
  return new RegExp(`(?<![\\w.])${escaped}(\\.(${mutators})\\(|\\[[^\\]]+\\]\\s*=[^=])`).test(text);
}

/** Time that does not come from the clock: `now()` in a table, `new Date()` or `Date.now()` in a noun. */
export function clockProblems(source: Source): string[] {
  const tree = syntaxOf(source);
  const isTable = source.path.startsWith('drizzle/');
  return [...nodesOf(tree)].flatMap((node) => {
    const isBareDate = ts.isNewExpression(node) && node.expression.getText(tree) === 'Date' && !node.arguments?.length;
    const isDateNow = ts.isCallExpression(node) && node.expression.getText(tree) === 'Date.now';
    const isDefault =
      isTable && ts.isCallExpression(node) && /(^|\.)(defaultNow|defaultRandom)$/.test(node.expression.getText(tree));
    const isSqlNow =
      ts.isTaggedTemplateExpression(node) && /\bnow\(\)|current_timestamp/i.test(node.template.getText(tree));
    return isBareDate || isDateNow || isDefault || isSqlNow
      ? [`${placeOf(tree, node)} takes its time from ${node.getText(tree).slice(0, 40)}`]
      : [];
  });
}

/** Roles are named in access/ only: everybody else asks the policy. */
export function roleProblems(source: Source, roles: readonly string[]): string[] {
  const tree = syntaxOf(source);
  return [...nodesOf(tree)].flatMap((node) =>
    ts.isStringLiteralLike(node) && roles.includes(node.text)
      ? [`${placeOf(tree, node)} names the role ${node.text}`]
      : [],
  );
}

const sqlPackages = /^(drizzle-orm|postgres)(\/|$)/;
/** Files that hold SQL by their name, wherever they stand. */
const sqlNames = /^server\/(platform\/|sample\/|.*\/(queries|commands|jobs)\.ts$)/;
/** What a large noun's commands and queries were split into, by idea. Nothing else may read or write the database. */
const sqlParts: Readonly<Record<string, readonly string[]>> = {
  accounts: [
    'accountRows',
    'companySettings',
    'invitationQueries',
    'invitations',
    'links',
    'memberLock',
    'members',
    'passwords',
    'sessionQueries',
    'sessions',
    'setUp',
    'views',
  ],
  files: ['quota'],
  live: ['audit'],
  notes: ['store'],
  plan: ['callOff', 'projectFacts'],
  projects: ['accountEdits', 'phases', 'projectEdit', 'rows'],
  search: ['documents'],
  tasks: ['dependencies', 'moving', 'planning', 'visibility'],
  views: ['order'],
  templates: ['editing', 'files', 'late', 'lifecycle', 'pinned', 'projectCreate', 'projectPlan'],
};
const isOfSql = (path: string) => {
  const [, noun = '', part = ''] = /^server\/([^/]+)\/(\w+)\.ts$/.exec(path) ?? [];
  return sqlNames.test(path) || (sqlParts[noun]?.includes(part) ?? false);
};

/** SQL stands in platform/ and in a noun's queries, commands and jobs; GraphQL stays out of commands. */
export function sqlProblems(source: Source): string[] {
  const packages = importsOf(source)
    .filter(({ isOurs }) => !isOurs)
    .map(({ target }) => target);
  const usesSql = packages.some((name) => sqlPackages.test(name));
  const usesGraphql = packages.some((name) => /^(graphql|type-graphql)(\/|$)/.test(name));
  const touchesDb = source.path.endsWith('/resolvers.ts') && /\b(ctx|context|services)\.db\./.test(source.text);
  return [
    ...(usesSql && !isOfSql(source.path) ? [`${source.path} imports SQL`] : []),
    ...(touchesDb ? [`${source.path} is a resolver that reads the database`] : []),
    ...(usesGraphql && source.path.endsWith('/commands.ts') ? [`${source.path} is a command that knows GraphQL`] : []),
  ];
}

/**
 * A domain row changes only through a `tx`, in a file that appends an event. A function that is handed its `tx` may
 * leave the event to its callers; then every file that calls it must append.
 */
export function writeProblems(source: Source, domainTables: readonly string[], all: readonly Source[] = []): string[] {
  const tree = syntaxOf(source);
  if (appends(source))
    return writesOf(tree, domainTables)
      .filter(isOutside)
      .map((write) => outside(tree, write));
  return writesOf(tree, domainTables).flatMap((write) => {
    if (isOutside(write)) return [outside(tree, write)];
    const carrier = functionGivenTx(write.node);
    const callers = carrier === null ? [] : all.filter((file) => file !== source && calls(file, carrier));
    const silent = callers.filter((file) => !appends(file)).map((file) => file.path);
    const what = `${placeOf(tree, write.node)} writes ${write.table}`;
    if (callers.length === 0) return [`${what} in a file that appends no event`];
    return silent.map((path) => `${what} for ${path}, which appends no event`);
  });
}

type Write = { node: ts.Node; table: string; receiver: string };

function writesOf(tree: ts.SourceFile, domainTables: readonly string[]): Write[] {
  return [...nodesOf(tree)].flatMap((node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
    const { name, expression } = node.expression;
    const table = node.arguments[0]?.getText(tree) ?? '';
    if (!/^(insert|update|delete)$/.test(name.text) || !domainTables.includes(table)) return [];
    return [{ node, table, receiver: expression.getText(tree).trim() }];
  });
}

const isOutside = ({ receiver }: Write) => !/(^|\.)tx$/.test(receiver);
const outside = (tree: ts.SourceFile, write: Write) =>
  `${placeOf(tree, write.node)} writes ${write.table} outside a transaction`;
const appends = (source: Source) => /\bappend\(/.test(source.text);
const calls = (source: Source, name: string) => new RegExp(`\\b${name}\\(`).test(source.text);

function functionGivenTx(node: ts.Node): string | null {
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    if (!ts.isFunctionDeclaration(at) || !at.name) continue;
    const isGiven = at.parameters.some((parameter) => parameter.name.getText() === 'tx');
    return isGiven ? at.name.text : null;
  }
  return null;
}
