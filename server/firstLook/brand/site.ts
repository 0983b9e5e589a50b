import { bytesOf } from '../../platform/fetching/body.ts';
import { FetchRefused } from '../../platform/fetching/refusals.ts';
import type { ShopDoor } from '../website/door.ts';
import { colourOf, isColourful } from './colours.ts';
import type { SiteHints } from './hints.ts';
import { type LogoSeen, logoOf, maxLogoBytes } from './pictures.ts';

/** A shop's looks as its own pages show them. */
export type SiteBrand = {
  readonly name: string | null;
  /** The address of its logo, which was looked at once. */
  readonly logo: string | null;
  readonly accent: string | null;
  readonly ground: string | null;
};

const manifestType = /^\s*(application\/(manifest\+)?json|text\/(json|plain)|application\/octet-stream)/i;

/** Follows the hints of a page: its manifest, and its pictures until one can be a logo. */
export async function siteBrand(door: ShopDoor, hints: SiteHints): Promise<SiteBrand> {
  const manifest = hints.manifest === null ? null : await manifestColours(door, hints.manifest);
  let logo: { url: string; seen: LogoSeen } | null = null;
  for (const url of hints.logos) {
    const seen = await pictureAt(door, url);
    if (seen?.isShown) logo = { url, seen };
    if (logo !== null) break;
  }
  const accents = [hints.theme, manifest?.theme ?? null, logo?.seen.accent ?? null];
  return {
    name: hints.name,
    logo: logo?.url ?? null,
    accent: accents.find((colour) => colour !== null && isColourful(colour)) ?? null,
    ground: manifest?.ground ?? logo?.seen.ground ?? null,
  };
}

async function manifestColours(door: ShopDoor, url: string): Promise<{ theme: string | null; ground: string | null }> {
  const read = await door.read(url, manifestType, { mayLeave: true });
  const none = { theme: null, ground: null };
  if ('shut' in read || read.text.length > 200_000) return none;
  try {
    const manifest: unknown = JSON.parse(read.text);
    if (typeof manifest !== 'object' || manifest === null) return none;
    const of = (key: string) => {
      const value: unknown = Object.hasOwn(manifest, key) ? (manifest as Record<string, unknown>)[key] : undefined;
      return typeof value === 'string' ? colourOf(value) : null;
    };
    return { theme: of('theme_color'), ground: of('background_color') };
  } catch {
    return none;
  }
}

async function pictureAt(door: ShopDoor, url: string): Promise<LogoSeen | null> {
  const opened = await door.open(url, 'IMAGE', { accept: 'image/*', mayLeave: true });
  if ('shut' in opened) return null;
  const { fetched } = opened;
  if (Number(fetched.header('content-length') ?? 0) > maxLogoBytes) {
    fetched.close();
    return null;
  }
  try {
    return await logoOf(await bytesOf(fetched.body));
  } catch (error) {
    if (error instanceof FetchRefused) return null;
    throw error;
  }
}
