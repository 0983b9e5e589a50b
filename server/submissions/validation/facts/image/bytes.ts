/** A window on the first bytes of a file. What lies behind its end reads as 0, so that a cut header harms nobody. */
export class Bytes {
  constructor(readonly all: Uint8Array) {}

  get length(): number {
    return this.all.length;
  }
  u8(at: number): number {
    return this.all[at] ?? 0;
  }
  u16(at: number, isLittle = false): number {
    const [a, b] = [this.u8(at), this.u8(at + 1)];
    return isLittle ? a | (b << 8) : (a << 8) | b;
  }
  u24(at: number): number {
    return this.u8(at) | (this.u8(at + 1) << 8) | (this.u8(at + 2) << 16);
  }
  u32(at: number, isLittle = false): number {
    const [a, b] = [this.u16(at, isLittle), this.u16(at + 2, isLittle)];
    return isLittle ? b * 65_536 + a : a * 65_536 + b;
  }
  /** As Latin-1. */
  text(at: number, length: number): string {
    let text = '';
    for (let index = at; index < Math.min(at + length, this.length); index++)
      text += String.fromCharCode(this.u8(index));
    return text;
  }
  part(at: number, end: number): Uint8Array {
    return this.all.subarray(at, Math.max(at, Math.min(end, this.length)));
  }
}
