/** A whole binary message, not masked: what a server may send. */
const binary = 0x82;

/**
 * A message, and how it goes over the wire: made once and written to every socket, where ws would make the header anew
 * for each of them. That is allowed because nothing of ours is compressed or sent in parts.
 */
export class Frame {
  #wire: Buffer | null = null;

  constructor(readonly message: Uint8Array) {}

  get wire(): Buffer {
    this.#wire ??= framed(this.message);
    return this.#wire;
  }
}

function framed(message: Uint8Array): Buffer {
  const { byteLength } = message;
  const headBytes = byteLength < 126 ? 2 : byteLength < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headBytes + byteLength);
  frame[0] = binary;
  if (headBytes === 2) frame[1] = byteLength;
  else if (headBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(byteLength, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(byteLength, 6);
  }
  frame.set(message, headBytes);
  return frame;
}
