import { Bytes } from './bytes.ts';
import { readRaster } from './headers.ts';
import { looksLikeSvg, readSvg, type SvgFacts } from './svg.ts';

export type ImageType = 'PNG' | 'JPEG' | 'WEBP' | 'GIF' | 'BMP' | 'TIFF' | 'SVG' | 'UNKNOWN';

/** What the first bytes of an image say of it; nothing is decoded. */
export type ImageFacts = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly type: ImageType;
  /** In pixels, of an SVG in its own units; null: not told. */
  readonly width: number | null;
  readonly height: number | null;
  readonly isAnimated: boolean;
  /** Null: not told by the header. */
  readonly hasAlpha: boolean | null;
  readonly colours: 'RGB' | 'GREY' | 'CMYK' | 'PALETTE' | null;
  /** The name of the colour profile inside; null: none, which means sRGB. */
  readonly profile: string | null;
  readonly hasGps: boolean;
  readonly hasExif: boolean;
  /** IPTC's digital source type, such as `trainedAlgorithmicMedia`. */
  readonly digitalSource: string | null;
  readonly svg: SvgFacts | null;
};

/** How much of a file `readImage` wants to see. */
export const imageHeadBytes = 5_000_000;

export function readImage(name: string, head: Uint8Array, sizeBytes: number): ImageFacts {
  const bytes = new Bytes(head);
  const empty = {
    name,
    sizeBytes,
    width: null,
    height: null,
    isAnimated: false,
    hasAlpha: null,
    colours: null,
    profile: null,
    hasGps: false,
    hasExif: false,
    digitalSource: null,
    svg: null,
  };
  const type = sniffImage(bytes);
  if (type === 'SVG') {
    const svg = readSvg(new TextDecoder().decode(head));
    return { ...empty, type, svg, width: svg.width, height: svg.height, hasAlpha: true, colours: 'RGB' };
  }
  return type === 'UNKNOWN' ? { ...empty, type } : { ...empty, type, ...readRaster(type, bytes) };
}

function sniffImage(bytes: Bytes): ImageType {
  const start = bytes.text(0, 16);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (start.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'WEBP';
  if (/^GIF8[79]a/.test(start)) return 'GIF';
  if (start.startsWith('BM') && bytes.u32(14, true) >= 12 && bytes.u32(14, true) <= 124) return 'BMP';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'TIFF';
  return looksLikeSvg(bytes) ? 'SVG' : 'UNKNOWN';
}
