/** What the `p=` of a DKIM record holds. CUT: it begins like a key and ends too soon. */
export type DkimKey = { readonly kind: 'RSA' | 'ED25519'; readonly bits: number } | 'CUT' | 'NONE';

const rsa = '2a864886f70d010101';
const ed25519 = '2b6570';

export function readKey(base64: string, kind: 'rsa' | 'ed25519'): DkimKey {
  const bytes = decode(base64);
  if (bytes === null) return 'NONE';
  // RFC 8463: the bare 32 bytes.
  if (kind === 'ed25519' && bytes.length === 32) return { kind: 'ED25519', bits: 256 };
  if (bytes[0] !== 0x30) return 'NONE';
  const outer = part(bytes, 0);
  if (outer === null) return bytes.length < 4 ? 'NONE' : 'CUT';
  const first = part(bytes, outer.start);
  if (first === null) return 'NONE';
  if (first.tag === 0x02) return modulus(bytes, outer.start);
  const name = part(bytes, first.start);
  const algorithm = name && hex(bytes.subarray(name.start, name.end));
  const key = part(bytes, first.end);
  if (key === null || key.tag !== 0x03) return 'NONE';
  if (algorithm === ed25519) return { kind: 'ED25519', bits: 256 };
  const inner = algorithm === rsa ? part(bytes, key.start + 1) : null;
  return inner === null ? 'NONE' : modulus(bytes, inner.start);
}

function modulus(bytes: Uint8Array, at: number): DkimKey {
  const number = part(bytes, at);
  if (number === null || number.tag !== 0x02) return 'NONE';
  let { start } = number;
  while (start < number.end && bytes[start] === 0) start++;
  const lead = bytes[start] ?? 0;
  return lead === 0 ? 'NONE' : { kind: 'RSA', bits: (number.end - start - 1) * 8 + (32 - Math.clz32(lead)) };
}

/** One DER value; null when it does not fit into what is there. */
function part(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return null;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 3) return null;
  let length = more === 0 ? first : 0;
  for (let index = 0; index < more; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const start = at + 2 + more;
  return start + length > bytes.length ? null : { tag, start, end: start + length };
}

function decode(base64: string): Uint8Array | null {
  const text = base64.replaceAll(/\s/g, '');
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  // A cut key may end anywhere; what is whole of it still tells what it was.
  const whole = text.replace(/=+$/, '');
  const even = whole.length % 4 === 1 ? whole.slice(0, -1) : whole;
  const raw = atob(even);
  return Uint8Array.from(raw, (character) => character.charCodeAt(0));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
