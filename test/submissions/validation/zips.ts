import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../../server/submissions/validation/formats/crc32.ts';

export type ZipMember = {
  name: string;
  text: string;
  /** 0 stored, 8 deflated (the default). */
  method?: number;
  flags?: number;
  crc?: number;
  /** Sizes behind the data, with or without the signature that announces them. */
  isLater?: boolean;
  hasSignature?: boolean;
  is64?: boolean;
  /** Data that is deflated already, and what it comes to. */
  raw?: Uint8Array;
  plain?: Uint8Array;
};

const uint = (value: number, width: number) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer.subarray(0, width);
};

/** A zip file as the many writers of zips make them. */
export function zip(members: readonly ZipMember[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { name, method = 8, flags = 0, isLater = false, hasSignature = true, is64 = false } = member;
    const plain = member.plain ?? Buffer.from(member.text, 'latin1');
    const data = member.raw ?? (method === 8 ? deflateRawSync(plain) : plain);
    const crc = member.crc ?? crc32(plain);
    const sizes = (width: number) => Buffer.concat([uint(data.length, width), uint(plain.length, width)]);
    const is64Before = is64 && !isLater;
    const extra = is64Before
      ? Buffer.concat([uint(1, 2), uint(16, 2), uint(plain.length, 8), uint(data.length, 8)])
      : Buffer.alloc(0);
    const head = Buffer.concat([
      uint(20, 2),
      uint(flags | (isLater ? 8 : 0), 2),
      uint(method, 2),
      uint(0, 4),
      uint(isLater ? 0 : crc, 4),
      is64Before ? Buffer.alloc(8, 0xff) : isLater ? Buffer.alloc(8) : sizes(4),
      uint(name.length, 2),
    ]);
    const local = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      head,
      uint(extra.length, 2),
      Buffer.from(name, 'latin1'),
      extra,
      data,
      isLater
        ? Buffer.concat([Buffer.from(hasSignature ? 'PK\x07\x08' : '', 'latin1'), uint(crc, 4), sizes(is64 ? 8 : 4)])
        : Buffer.alloc(0),
    ]);
    central.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02', 'latin1'),
        uint(20, 2),
        head,
        Buffer.alloc(12),
        uint(offset, 4),
        Buffer.from(name, 'latin1'),
      ]),
    );
    offset += local.length;
    locals.push(local);
  }
  const list = Buffer.concat(central);
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06', 'latin1'),
    uint(0, 4),
    uint(members.length, 2),
    uint(members.length, 2),
    uint(list.length, 4),
    uint(offset, 4),
    uint(0, 2),
  ]);
  return Uint8Array.from(Buffer.concat([...locals, list, end]));
}
