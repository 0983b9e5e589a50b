const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** For hosts without a native check: nearly all bytes of nearly all files are ASCII, which is seen four at a time. */
export function isUtf8Anywhere(bytes: Uint8Array): boolean {
  if (isAscii(bytes)) return true;
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  // Too few to reach a place where four can be read at once.
  if (bytes.length < 4) return bytes.every((byte) => byte < 0x80);
  const lead = Math.min((4 - (bytes.byteOffset & 3)) & 3, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  let seen = 0;
  for (let at = 0; at < words.length; at++) seen |= words[at] as number;
  if (seen & 0x80808080) return false;
  for (let at = 0; at < lead; at++) seen |= bytes[at] as number;
  for (let at = lead + words.length * 4; at < bytes.length; at++) seen |= bytes[at] as number;
  return (seen & 0x80) === 0;
}

/**
 * Length of the well-formed sequence at a place: 1 to 4; 0 where none is (Unicode 15, table 3-7: no overlong forms, no
 * surrogates, nothing over U+10FFFF); -1 where one begins and the bytes end.
 */
export function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let low = 0x80;
  let high = 0xbf;
  if (first === 0xe0) low = 0xa0;
  else if (first === 0xed) high = 0x9f;
  else if (first === 0xf0) low = 0x90;
  else if (first === 0xf4) high = 0x8f;
  for (let index = 1; index < length; index++) {
    if (at + index >= bytes.length) return -1;
    const byte = bytes[at + index] as number;
    if (byte < low || byte > high) return 0;
    low = 0x80;
    high = 0xbf;
  }
  return length;
}

/** Where the first byte stands that is no UTF-8; the length where all is. An unfinished last sequence counts as good. */
export function firstBad(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length === 0) return at;
    if (length < 0) return bytes.length;
    at += length;
  }
  return bytes.length;
}

/** How many bytes at the end begin a sequence that is not whole yet: 0 to 3. */
export function unfinishedAt(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceAt(bytes, bytes.length - back) < 0 ? back : 0;
  }
  return 0;
}

/** Writes a code point; where the next one goes. */
export function putUtf8(out: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    out[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    out[at] = 0xc0 | (code >> 6);
    out[at + 1] = 0x80 | (code & 63);
    return at + 2;
  }
  if (code < 0x10000) {
    out[at] = 0xe0 | (code >> 12);
    out[at + 1] = 0x80 | ((code >> 6) & 63);
    out[at + 2] = 0x80 | (code & 63);
    return at + 3;
  }
  out[at] = 0xf0 | (code >> 18);
  out[at + 1] = 0x80 | ((code >> 12) & 63);
  out[at + 2] = 0x80 | ((code >> 6) & 63);
  out[at + 3] = 0x80 | (code & 63);
  return at + 4;
}
