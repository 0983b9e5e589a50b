/*
 * How the parts of a Table Schema are looked at. Written out instead of taken from a library: the same code runs in a
 * page that may not make code of text, and what is wrong is told to people, by its path.
 */

export type Tell = {
  /** What is wrong at a path; answers nothing, which is then what was read. */
  wrong: (path: string, message: string) => undefined;
  /** A property that we do not know. */
  unknown: (path: string) => void;
};

/** Looks at what stands at a path; answers what is kept of it. */
export type Look = (given: unknown, path: string, tell: Tell) => unknown;

export function whatItIs(given: unknown): string {
  if (given === null) return 'null';
  if (Array.isArray(given)) return 'a list';
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof given as string] ??
    'nothing'
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it refuses.
const severalLines = /[\u0000-\u001f\u007f]/;

export function text(most: number, least = 0, isOneLine = false): Look {
  return (given, path, tell) => {
    if (typeof given !== 'string') return tell.wrong(path, `A text is wanted, not ${whatItIs(given)}`);
    if (given.trim().length < least) return tell.wrong(path, 'It is empty');
    if (given.length > most) return tell.wrong(path, `It has ${given.length} characters and may have ${most}`);
    if (given.includes('\0')) return tell.wrong(path, 'It holds a NUL');
    if (isOneLine && severalLines.test(given)) return tell.wrong(path, 'It has to be one line');
    return given;
  };
}

export function oneOf(allowed: readonly string[]): Look {
  return (given, path, tell) =>
    typeof given === 'string' && allowed.includes(given)
      ? given
      : tell.wrong(path, `${shown(given)} is not supported here. Use one of: ${allowed.join(', ')}`);
}

function shown(given: unknown): string {
  return typeof given === 'string' ? `“${given.slice(0, 40)}”` : `It is ${whatItIs(given)}, which`;
}

export const flag: Look = (given, path, tell) =>
  typeof given === 'boolean' ? given : tell.wrong(path, `true or false is wanted, not ${whatItIs(given)}`);

const mostCount = 1_000_000;
export const count: Look = (given, path, tell) =>
  typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= mostCount
    ? given
    : tell.wrong(path, `A whole number from 0 to ${mostCount} is wanted`);

export function list(look: Look, least: number, most: number): Look {
  return (given, path, tell) => {
    if (!Array.isArray(given)) return tell.wrong(path, `A list is wanted, not ${whatItIs(given)}`);
    if (given.length < least) return tell.wrong(path, 'The list is empty');
    if (given.length > most) return tell.wrong(path, `The list has ${given.length} entries and may have ${most}`);
    return given.map((each, at) => look(each, `${path}[${at}]`, tell));
  };
}

export function object(parts: Readonly<Record<string, Look>>, required: readonly string[] = []): Look {
  return (given, path, tell) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      return tell.wrong(path, `An object is wanted, not ${whatItIs(given)}`);
    const within = (name: string) => (path === '' ? name : `${path}.${name}`);
    for (const name of required) if (!Object.hasOwn(given, name)) tell.wrong(within(name), 'It is missing');
    const kept = Object.entries(given).flatMap(([name, inner]) => {
      const look = Object.hasOwn(parts, name) ? parts[name] : undefined;
      if (look) return [[name, look(inner, within(name), tell)] as const];
      tell.unknown(within(name.slice(0, 60)));
      return [];
    });
    return Object.fromEntries(kept);
  };
}
