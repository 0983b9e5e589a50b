import type { ShopPage } from '../website/page.ts';
import { firstText } from '../website/product.ts';
import { webAddress } from '../website/texts.ts';
import { held, isOf } from '../website/things.ts';
import { colourOf } from './colours.ts';

/** What a page says of the shop's looks; nothing of it was fetched yet. */
export type SiteHints = {
  readonly name: string | null;
  /** `theme-color`, as #rrggbb. */
  readonly theme: string | null;
  readonly manifest: string | null;
  /** Pictures that may be its logo, the likeliest first. */
  readonly logos: readonly string[];
};

const maxName = 60;
const maxLogos = 4;

export function readSiteHints({ meta, icons, things }: ShopPage, url: string): SiteHints {
  const makers = things.main.filter((thing) =>
    isOf(thing, 'Organization', 'OnlineStore', 'Store', 'Corporation', 'Brand', 'LocalBusiness'),
  );
  const sites = things.main.filter((thing) => isOf(thing, 'WebSite'));
  const named = makers.flatMap((maker) => {
    const logo = held(maker, 'logo');
    return typeof logo === 'string'
      ? [logo]
      : things.follow(logo).flatMap((part) => [held(part, 'url'), held(part, 'contentUrl')]);
  });
  const touch = icons.filter(({ rel }) => rel.includes('apple-touch-icon')).sort((a, b) => sideOf(b) - sideOf(a));
  const small = icons
    .filter(({ rel, href }) => /(^|\s)icon/.test(rel) && /\.png($|\?)/i.test(href))
    .sort((a, b) => sideOf(b) - sideOf(a));
  const pictures = [...named, ...touch.map(({ href }) => href), ...small.map(({ href }) => href), meta.get('og:image')];
  const logos = pictures.flatMap((picture) => {
    const address = webAddress(picture, url);
    return address === null || /\.(svg|ico)($|\?)/i.test(address) ? [] : [address];
  });
  const names = [
    meta.get('og:site_name'),
    ...[...makers, ...sites].map((thing) => held(thing, 'name')),
    meta.get('application-name'),
  ];
  return {
    name: firstText(
      names.filter((name) => name !== undefined),
      maxName,
    ),
    theme: colourOf(meta.get('theme-color')),
    manifest: icons.find(({ rel }) => rel.includes('manifest'))?.href ?? null,
    logos: [...new Set(logos)].slice(0, maxLogos),
  };
}

function sideOf({ sizes }: { sizes: string }): number {
  return Number(/^(\d{1,4})x/i.exec(sizes)?.[1] ?? 0);
}
