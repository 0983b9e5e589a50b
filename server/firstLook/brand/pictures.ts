import { readImage } from '../../submissions/validation/facts/image/facts.ts';
import { mostColourful } from './colours.ts';
import { type PictureColours, pngColours } from './png.ts';

export type LogoSeen = PictureColours & {
  /** It is of a kind that is shown: an SVG gives its colours alone. */
  readonly isShown: boolean;
};

/** Nothing larger is looked at. */
export const maxLogoBytes = 5_000_000;
const shown: readonly string[] = ['PNG', 'JPEG', 'WEBP', 'GIF'];
const minSide = 16;
const maxSide = 8_000;

/** What a picture is good for as a logo; null when it is none, or none that can be shown or read. */
export async function logoOf(bytes: Uint8Array): Promise<LogoSeen | null> {
  if (bytes.length === 0 || bytes.length > maxLogoBytes) return null;
  const { type, width, height, svg } = readImage('logo', bytes, bytes.length);
  if (type === 'SVG') {
    const isDrawn = svg !== null && svg.colours.length > 0;
    return isDrawn ? { accent: mostColourful(svg.colours), ground: null, isShown: false } : null;
  }
  const isSized = [width, height].every((side) => side !== null && side >= minSide && side <= maxSide);
  if (!shown.includes(type) || !isSized) return null;
  const colours = type === 'PNG' ? await pngColours(bytes) : null;
  return { accent: colours?.accent ?? null, ground: colours?.ground ?? null, isShown: true };
}
