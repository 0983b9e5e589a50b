/** A start tag of HTML or SVG, as a browser would see it. */
export type Tag = {
  /** In lower case, without a prefix. */
  readonly name: string;
  /** Names in lower case; the first of a name counts; references are resolved. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The text inside, of elements that hold text alone (script, style, title); otherwise empty. */
  readonly content: string;
  /** Where it begins, and where what follows it does: behind `content`, too. */
  readonly from: number;
  readonly to: number;
};

const textOnly = ['script', 'style', 'title', 'textarea', 'noscript', 'iframe', 'xmp'];
const textOnlyInXml = ['script', 'style', 'title'];
const references: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  colon: ':',
  tab: '\t',
  newline: '\n',
};

/** Every start tag outside comments, in one pass whose time grows with the text and nothing else. */
export function* readTags(text: string, isXml = false): Generator<Tag> {
  let at = text.indexOf('<');
  while (at >= 0) {
    if (text.startsWith('<!--', at)) at = behind(text, '-->', at + 4);
    else if (isXml && text.startsWith('<![CDATA[', at)) at = behind(text, ']]>', at + 9);
    else if (isLetter(text.charCodeAt(at + 1))) {
      const from = at;
      const tag = readTag(text, at + 1);
      const name = (tag.name.split(':').at(-1) ?? '').toLowerCase();
      at = tag.end;
      let content = '';
      if ((isXml ? textOnlyInXml : textOnly).includes(name) && !(isXml && tag.isClosed)) {
        const end = endOf(text, name, at);
        content = text.slice(at, end);
        at = end;
      }
      yield { name, attributes: tag.attributes, content, from, to: at };
    } else at++;
    at = at < 0 ? -1 : text.indexOf('<', at);
  }
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** Where `</name` stands; the end of the text where nothing closes it. */
function endOf(text: string, name: string, from: number): number {
  const closing = new RegExp(`</(?:\\w{1,20}:)?${name}(?![\\w-])`, 'gi');
  closing.lastIndex = from;
  return closing.exec(text)?.index ?? text.length;
}

const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isSpace = (character: string | undefined) =>
  character === ' ' || character === '\n' || character === '\t' || character === '\r' || character === '\f';

function readTag(text: string, from: number) {
  const attributes: Record<string, string> = Object.create(null);
  let at = from;
  const until = (stops: string) => {
    const start = at;
    while (at < text.length && !isSpace(text[at]) && !stops.includes(text[at] ?? '')) at++;
    return text.slice(start, at);
  };
  const skip = () => {
    while (isSpace(text[at])) at++;
  };
  const name = until('/>').slice(0, 100);
  let isClosed = false;
  while (at < text.length && text[at] !== '>') {
    skip();
    if (text[at] === '/') {
      isClosed = true;
      at++;
      continue;
    }
    if (at >= text.length || text[at] === '>') break;
    isClosed = false;
    const attribute = until('/>=').toLowerCase() || text[at++] || '';
    skip();
    let value = '';
    if (text[at] === '=') {
      at++;
      skip();
      const quote = text[at];
      if (quote === '"' || quote === "'") {
        const end = text.indexOf(quote, at + 1);
        value = text.slice(at + 1, end < 0 ? text.length : end);
        at = end < 0 ? text.length : end + 1;
      } else value = until('>');
    }
    attributes[attribute] ??= resolved(value);
  }
  return { name, attributes, isClosed, end: Math.min(at + 1, text.length) };
}

/** `&#106;avascript&colon;` is what a browser runs. */
export function resolved(value: string): string {
  if (!value.includes('&')) return value;
  return value.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return references[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}
