import { STATUS_CODES } from 'node:http';
import ts from 'typescript';
import { nodesOf, placeOf, type Source, syntaxOf } from './source.ts';

/** Attributes whose value people read or hear. */
const spoken =
  /^(title|label|placeholder|alt|children|description|aria-(label|description|roledescription|valuetext|placeholder))$/;
const hasLetters = /\p{L}{2,}/u;

/** Words in JSX that do not come from the catalogue. */
export function jsxWordProblems(source: Source): string[] {
  const tree = syntaxOf(source);
  return [...nodesOf(tree)].flatMap((node) => {
    const text = jsxWords(node);
    return text !== null && hasLetters.test(text) ? [`${placeOf(tree, node)} says ${JSON.stringify(text.trim())}`] : [];
  });
}

function jsxWords(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return node.text;
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return null;
  const holder = valueHolder(node);
  if (holder === null) return null;
  if (ts.isJsxAttribute(holder) && !spoken.test(holder.name.getText())) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  return [node.head, ...node.templateSpans.map((span) => span.literal)].map((part) => part.text).join(' ');
}

/** The attribute or the element that this text becomes a value of, through `?:`, `||`, `&&` and `??`. */
function valueHolder(node: ts.Node): ts.JsxAttribute | ts.JsxExpression | null {
  const { parent } = node;
  if (ts.isJsxAttribute(parent)) return parent;
  if (ts.isJsxExpression(parent)) return ts.isJsxAttribute(parent.parent) ? parent.parent : parent;
  const isBranch = ts.isConditionalExpression(parent) && node !== parent.condition;
  const joins = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.QuestionQuestionToken];
  const isOperand = ts.isBinaryExpression(parent) && joins.includes(parent.operatorToken.kind);
  return isBranch || isOperand || ts.isParenthesizedExpression(parent) ? valueHolder(parent) : null;
}

/** `Too Many Requests` and the like: words of HTTP itself. */
const reasonPhrases = Object.values(STATUS_CODES);

/** Errors whose text is for programmers. */
const forProgrammers = /^(Error|TypeError|RangeError)$/;

/** Sentences in the server's code: they belong in `server/words`. */
export function sentenceProblems(source: Source): string[] {
  const tree = syntaxOf(source);
  return [...nodesOf(tree)].flatMap((node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return [];
    const text = ts.isTemplateExpression(node)
      ? [node.head, ...node.templateSpans.map((span) => span.literal)].map((part) => part.text).join('x')
      : node.text;
    if (!isSentence(text) || isForMachines(node) || reasonPhrases.includes(text)) return [];
    return [`${placeOf(tree, node)} says ${JSON.stringify(text.slice(0, 60))}`];
  });
}

/** Three words or more that start like a sentence or end like one. */
export function isSentence(text: string): boolean {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => /^["'(]?\p{L}[\p{L}'’-]*[.,;:!?)"']*$/u.test(word));
  if (words.length < 3) return false;
  return /^\p{Lu}\p{Ll}/u.test(text.trim()) || /[\p{L}\d)][.!?]$/u.test(text.trim());
}

function isForMachines(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent) || ts.isImportDeclaration(parent) || ts.isLiteralTypeNode(parent))
    return true;
  if (ts.isPropertyAssignment(parent) && /^['"]?(description|deprecationReason)['"]?$/.test(parent.name.getText()))
    return true;
  if (ts.isNewExpression(parent)) return forProgrammers.test(parent.expression.getText());
  // What an error class says of itself is for the stack trace; people read the words that stand for its code.
  if (ts.isCallExpression(parent))
    return /(^super|(^|\.)log(ger)?\.(trace|debug|info|warn|error|fatal))$/.test(parent.expression.getText());
  const isInside =
    ts.isBinaryExpression(parent) || ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent);
  return isInside ? isForMachines(parent) : false;
}

type Catalogue = { readonly [key: string]: string | Catalogue };

/** Every key of a catalogue of the client, plural endings taken off. */
export function catalogueKeys(catalogue: Catalogue, prefix = ''): Set<string> {
  return new Set(
    Object.entries(catalogue).flatMap(([name, value]) =>
      typeof value === 'string'
        ? [`${prefix}${name}`, `${prefix}${name.replace(/_(zero|one|two|few|many|other)$/, '')}`]
        : [...catalogueKeys(value, `${prefix}${name}.`)],
    ),
  );
}

/** Keys that the client asks for by `t('...')` and the catalogue does not have; of a template, some key must fit. */
export function unknownKeyProblems(source: Source, keys: ReadonlySet<string>): string[] {
  const tree = syntaxOf(source);
  return [...nodesOf(tree)].flatMap((node) => {
    if (!ts.isCallExpression(node) || !/(^|\.)t$/.test(node.expression.getText(tree))) return [];
    const [asked] = node.arguments;
    if (!asked) return [];
    if (ts.isStringLiteralLike(asked) && !keys.has(asked.text))
      return [`${placeOf(tree, asked)} asks for ${asked.text}`];
    if (ts.isTemplateExpression(asked) && ![...keys].some((key) => patternOf(asked).test(key))) {
      return [`${placeOf(tree, asked)} asks for ${asked.getText(tree)}`];
    }
    return [];
  });
}

function patternOf(template: ts.TemplateExpression): RegExp {
  const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const rest = template.templateSpans.map((span) => `.+${literally(span.literal.text)}`);
  return new RegExp(`^${literally(template.head.text)}${rest.join('')}$`);
}
