import { Bytes } from './bytes.ts';

/** Whether EXIF data (a TIFF header and directories) tells where a picture was taken. */
export function hasGpsTag(exif: Uint8Array): boolean {
  const bytes = new Bytes(exif);
  const order = bytes.text(0, 2);
  if (order !== 'II' && order !== 'MM') return false;
  const isLittle = order === 'II';
  const at = bytes.u32(4, isLittle);
  const count = Math.min(bytes.u16(at, isLittle), 1_000);
  for (let index = 0; index < count; index++) {
    const entry = at + 2 + index * 12;
    if (bytes.u16(entry, isLittle) !== 0x8825) continue;
    const place = bytes.u32(entry + 8, isLittle);
    return bytes.u16(place, isLittle) > 0;
  }
  return false;
}

/** The mark that makers of AI pictures leave: `http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia`. */
export function digitalSourceOf(xmp: string): string | null {
  return (
    /DigitalSourceType[^a-z]{1,40}?(?:https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/)?([A-Za-z]{4,60})/i.exec(
      xmp,
    )?.[1] ?? null
  );
}

/** The description of an ICC profile: `sRGB IEC61966-2.1`. */
export function profileName(icc: Uint8Array): string | null {
  const bytes = new Bytes(icc);
  const count = Math.min(bytes.u32(128), 200);
  for (let index = 0; index < count; index++) {
    const entry = 132 + index * 12;
    if (bytes.text(entry, 4) !== 'desc') continue;
    const at = bytes.u32(entry + 4);
    const isWide = bytes.text(at, 4) === 'mluc';
    const text = isWide
      ? bytes.text(at + bytes.u32(at + 24), Math.min(bytes.u32(at + 20), 200)).replaceAll('\0', '')
      : bytes.text(at + 12, Math.min(Math.max(0, bytes.u32(at + 8) - 1), 200));
    return text.trim() || null;
  }
  return null;
}
