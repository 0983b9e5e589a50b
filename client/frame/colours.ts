/** The colours of a mock, out of the two that are known of a shop; each text keeps 4.5 : 1 on what it stands on. */
export type Colours = {
  isDark: boolean;
  ground: string;
  /** What lies a little above or below the ground: placeholders, quiet boxes. */
  well: string;
  line: string;
  /** The edge of what can be typed into or pressed: 3 : 1. */
  edge: string;
  ink: string;
  inkSoft: string;
  accent: string;
  onAccent: string;
  accentText: string;
  accentWell: string;
};

type Rgb = readonly [number, number, number];

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];
const lightGround = '#ffffff';
const darkGround = '#171615';
const leastText = 4.5;
const leastEdge = 3;
const step = 0.02;

type Known = { accent: string | null; ground: string | null };

export function coloursOf(brand: Known, isAroundDark: boolean): Colours {
  const ground = rgbOf(brand.ground) ?? rgbOf(isAroundDark ? darkGround : lightGround) ?? white;
  const away = contrast(white, ground) > contrast(black, ground) ? white : black;
  // Softer than plain black and white, where the ground lets it.
  const ink = towards(mix(away, ground, 0.1), away, (shade) => contrast(shade, ground) >= 10);
  const well = mix(ground, away, 0.045);
  const readable = (shade: Rgb) => [ground, well].every((under) => contrast(shade, under) >= leastText);
  const accent = rgbOf(brand.accent) ?? ink;
  const accentWell = mix(ground, accent, 0.1);
  return {
    isDark: away === white,
    ground: hexOf(ground),
    well: hexOf(well),
    line: hexOf(mix(ground, away, 0.13)),
    edge: hexOf(towards(mix(ground, away, 0.4), away, (shade) => contrast(shade, ground) >= leastEdge)),
    ink: hexOf(ink),
    inkSoft: hexOf(towards(mix(away, ground, 0.38), away, readable)),
    accent: hexOf(accent),
    onAccent: hexOf(contrast(white, accent) >= leastText ? white : black),
    accentText: hexOf(towards(accent, away, (shade) => readable(shade) && contrast(shade, accentWell) >= leastText)),
    accentWell: hexOf(accentWell),
  };
}

/** WCAG 2.2: the contrast of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Null for anything but #rrggbb. */
export function rgbOf(colour: string | null): Rgb | null {
  if (colour === null || !/^#[0-9a-f]{6}$/i.test(colour)) return null;
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function towards(from: Rgb, to: Rgb, isEnough: (shade: Rgb) => boolean): Rgb {
  for (let part = 0; part < 1; part += step) {
    const shade = mix(from, to, part);
    if (isEnough(shade)) return shade;
  }
  return to;
}

function mix(a: Rgb, b: Rgb, part: number): Rgb {
  const channel = (at: 0 | 1 | 2) => Math.round(a[at] * (1 - part) + b[at] * part);
  return [channel(0), channel(1), channel(2)];
}

function luminance(colour: Rgb): number {
  const linear = (channel: number) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
