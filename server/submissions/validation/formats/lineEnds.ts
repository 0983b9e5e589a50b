const [lf, cr] = [10, 13];

/** The line ends of a file's records, by kind. */
export class LineEnds {
  lf = 0;
  crlf = 0;
  cr = 0;

  get isMixed(): boolean {
    return (this.lf > 0 ? 1 : 0) + (this.crlf > 0 ? 1 : 0) + (this.cr > 0 ? 1 : 0) > 1;
  }

  get kind(): 'LF' | 'CRLF' | 'CR' | 'MIXED' {
    if (this.isMixed) return 'MIXED';
    return this.crlf > 0 ? 'CRLF' : this.cr > 0 ? 'CR' : 'LF';
  }
}

/** Physical lines that end in the bytes. A CR that stands last counts, and a LF that stands first. */
export function linesIn(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === cr || (byte === lf && (at === from || bytes[at - 1] !== cr))) lines++;
  }
  return lines;
}

/** The first line end from a place on; `to` without one. */
export function lineEndFrom(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== lf && bytes[at] !== cr) at++;
  return at;
}

/** The byte behind the line end that begins here; `to`: where the bytes end. */
export function behindLineEnd(bytes: Uint8Array, at: number, to: number): number {
  return bytes[at] === cr && at + 1 < to && bytes[at + 1] === lf ? at + 2 : at + 1;
}

/** How many fields the rest of a line would be if no quote held them together. */
export function fieldsOfLine(bytes: Uint8Array, from: number, to: number, delimiter: number): number {
  const end = lineEndFrom(bytes, from, to);
  let fields = 1;
  for (let at = from; at < end; at++) if (bytes[at] === delimiter) fields++;
  return fields;
}
