/*
 * Colours as #rrggbb, and which of several is a brand's. Whether text can be read on it is not asked here: whoever paints
 * with it corrects that.
 */
export type Rgb = readonly [number, number, number];

/** From this on a colour is one, and no shade of grey: what is between its strongest and its weakest light, of 255. */
const minChroma = 40;

/** What a page writes as a colour: #0af, #00aaff, rgb(0 170 255). Null for all else, and for what cannot be seen. */
export function colourOf(text: string | undefined): string | null {
  const written = (text ?? '').slice(0, 60).trim().toLowerCase();
  const long = /^#([0-9a-f]{6})(?:[0-9a-f]{2})?$/.exec(written)?.[1];
  if (long !== undefined) return `#${long}`;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?$/.exec(written);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  const lights = /^rgba?\(\s{0,4}(\d{1,3})\s{0,4}[, ]\s{0,4}(\d{1,3})\s{0,4}[, ]\s{0,4}(\d{1,3})/.exec(written);
  if (lights === null) return null;
  const rgb = lights.slice(1).map(Number) as unknown as Rgb;
  return rgb.every((light) => light <= 255) ? hexOf(rgb) : null;
}

export function hexOf(rgb: Rgb): string {
  return `#${rgb.map((light) => Math.round(light).toString(16).padStart(2, '0')).join('')}`;
}

export function rgbOf(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** White, black and grey are on every page: they are nobody's accent. */
export function isColourful(hex: string): boolean {
  const rgb = rgbOf(hex);
  return Math.max(...rgb) - Math.min(...rgb) >= minChroma;
}

/** The most colourful of those that a drawing names; null when all are grey. */
export function mostColourful(colours: readonly string[]): string | null {
  const chroma = (hex: string) => Math.max(...rgbOf(hex)) - Math.min(...rgbOf(hex));
  const [best] = colours
    .filter((hex) => /^#[0-9a-f]{6}$/.test(hex) && isColourful(hex))
    .sort((a, b) => chroma(b) - chroma(a));
  return best ?? null;
}
