/** One colour for each job that the accent does in a theme, as #rrggbb. */
export type AccentShades = {
  accent: string;
  accentHover: string;
  onAccent: string;
  accentText: string;
  accentLine: string;
  accentSurface: string;
  accentSurfaceHover: string;
};
export type Accent = { light: AccentShades; dark: AccentShades };

type Rgb = readonly [number, number, number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
/** The sheets that the accent stands on; those of the client's theme. */
const lightSheet = white;
const darkSheet: Rgb = [28, 27, 25];
/** WCAG 2.2 AA for text. */
export const leastContrast = 4.5;
const step = 0.02;

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** The contrast of white text on this colour, 1 to 21. */
export function contrastWithWhite(color: string): number {
  return contrast(rgbOf(color), white);
}

/** The nearest darker shade that carries white text; the colour itself when it does already. */
export function readableShade(color: string): string {
  return hexOf(towards(rgbOf(color), black, (shade) => contrast(shade, white) >= leastContrast));
}

/**
 * What an accent becomes in both themes. The colour must carry white text (`contrastWithWhite` of 4.5 or more); every
 * pair of text and ground that comes out of it has at least that contrast as well.
 */
export function accentOf(color: string): Accent {
  const base = rgbOf(color);
  return { light: shadesOf(base, lightSheet, black), dark: shadesOf(base, darkSheet, white) };
}

/** `away` is where text goes to stand out from the sheet. */
function shadesOf(base: Rgb, sheet: Rgb, away: Rgb): AccentShades {
  const surface = mix(sheet, base, 0.11);
  const surfaceHover = mix(sheet, base, 0.18);
  const grounds = [sheet, surface, surfaceHover];
  const text = towards(base, away, (shade) => grounds.every((ground) => contrast(shade, ground) >= leastContrast));
  const shades = {
    accent: base,
    accentHover: towards(mix(base, black, 0.14), black, (shade) => contrast(shade, white) >= leastContrast),
    onAccent: white,
    accentText: text,
    accentLine: mix(sheet, base, 0.42),
    accentSurface: surface,
    accentSurfaceHover: surfaceHover,
  };
  return Object.fromEntries(Object.entries(shades).map(([job, shade]) => [job, hexOf(shade)])) as AccentShades;
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

/** WCAG 2.2: relative luminance and contrast ratio. */
export function contrast(a: Rgb, b: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hexOf(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
