function tables(): readonly Uint32Array[] {
  const first = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    first[byte] = value;
  }
  const all = [first];
  for (let level = 1; level < 4; level++) {
    const below = all[level - 1] as Uint32Array;
    all.push(below.map((value) => (value >>> 8) ^ (first[value & 0xff] as number)));
  }
  return all;
}

const [table0, table1, table2, table3] = tables() as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];

/** The checksum of gzip and zip, continued from the one before (0 at first); four bytes at a time. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    crc ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    crc =
      (table3[crc & 0xff] as number) ^
      (table2[(crc >>> 8) & 0xff] as number) ^
      (table1[(crc >>> 16) & 0xff] as number) ^
      (table0[crc >>> 24] as number);
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ (table0[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}
