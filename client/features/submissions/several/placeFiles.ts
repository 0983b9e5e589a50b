import { isOfKind } from './fileProblem.ts';

/** An input of the task that takes a file. */
export type Taker = {
  inputId: string;
  label: string;
  acceptedExtensions: readonly string[];
  /** Nothing is on its way to it yet. */
  isFree: boolean;
};

/*
 * What becomes of one of several files:
 *   NEXT      goes to this input as soon as that is free
 *   LEFT      this input took another one (`instead`); nothing is done with it until the person says so
 *   UNPLACED  several inputs take it (`choices`), so the person says which
 *   REFUSED   no input takes it
 */
export type Placed = { file: File; inputId: string } & (
  | { fate: 'NEXT' }
  | { fate: 'LEFT'; instead: string | null }
  | { fate: 'UNPLACED'; choices: readonly string[] }
  | { fate: 'REFUSED' }
);

type Options = {
  takers: readonly Taker[];
  /** The input on which they were dropped; null where none was meant. */
  at: string | null;
  /** Whether a file can be sent at all: it is not empty, and not too large. */
  isSound: (file: File) => boolean;
};

/** Offers each file to the input that takes its kind. An input takes one: what it does not take is never sent unasked. */
export function placeFiles(files: readonly File[], { takers, at, isSound }: Options): Placed[] {
  const here = at ?? takers[0]?.inputId;
  if (here === undefined) return [];
  const taken = new Map<string, string | null>(
    takers.filter(({ isFree }) => !isFree).map(({ inputId }) => [inputId, null]),
  );
  const fitting = (file: File) =>
    isSound(file) ? takers.filter(({ acceptedExtensions }) => isOfKind(file, acceptedExtensions)) : [];
  const give = (file: File, inputId: string): Placed => {
    const instead = taken.get(inputId);
    if (instead !== undefined) return { file, inputId, fate: 'LEFT', instead };
    taken.set(inputId, file.name);
    return { file, inputId, fate: 'NEXT' };
  };
  // Those that fit in one place alone come first: they leave the least to ask.
  const sure = new Map(
    files.flatMap((file) => {
      const fits = fitting(file);
      return fits.length === 1 && fits[0] ? [[file, give(file, fits[0].inputId)] as const] : [];
    }),
  );
  return files.map((file) => {
    const given = sure.get(file);
    if (given) return given;
    const fits = fitting(file);
    if (fits.length === 0) return { file, inputId: here, fate: 'REFUSED' };
    const open = fits.filter(({ inputId }) => !taken.has(inputId));
    const [only] = open.length > 0 ? open : fits;
    if (open.length <= 1 && only) return give(file, only.inputId);
    return { file, inputId: here, fate: 'UNPLACED', choices: byName(file, open).map(({ inputId }) => inputId) };
  });
}

/** The input whose name the file's name speaks of stands first: it is the likely one. */
function byName({ name }: File, takers: readonly Taker[]): Taker[] {
  const stems = wordsOf(name);
  const hits = ({ label }: Taker) =>
    wordsOf(label).filter((word) => stems.some((stem) => stem.startsWith(word) || word.startsWith(stem))).length;
  return [...takers].sort((a, b) => hits(b) - hits(a));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => word.length > 2);
}
