import type { ResultOf } from '../../api/graphql.ts';
import { firstLookMocks } from '../../words/en/firstLookMocks.ts';
import type { FirstLookShown } from './documents.ts';
import type { HostLook } from './host.ts';

export type Shown = ResultOf<typeof FirstLookShown>;
export type Settings = Shown['mocks'][number]['settings'];

type Words = { readonly [key: string]: string | Words };

/** The sentences of the mocks by their keys: they go to the frame as they are. */
const words = Object.fromEntries(entriesOf(firstLookMocks, 'firstLookMocks'));
const locale = 'en-GB';

function entriesOf(of: Words, prefix: string): [string, string][] {
  return Object.entries(of).flatMap(([name, value]) => {
    const key = `${prefix}.${name}`;
    return typeof value === 'string' ? [[key, value] as [string, string]] : entriesOf(value, key);
  });
}

/** What the frame is told: the shop, its mocks as they are set, and those that somebody is just trying out. */
export function hostLook(
  shown: Shown,
  { name, isDark, tried }: { name: string; isDark: boolean; tried: { product: string; settings: Settings } | null },
): HostLook {
  const mocks = shown.mocks.map(({ product, kind, settings }) => {
    const { layout, accent, results } = tried?.product === product ? tried.settings : settings;
    return { product, kind, settings: { layout, accent, results } };
  });
  // Only what was saved is ranked by.
  const rankings = Object.fromEntries(
    shown.mocks.map(({ product, settings: { synonyms, boosts } }) => [product, JSON.stringify([synonyms, boosts])]),
  );
  const brand = shown.brand ?? { name, accent: null, ground: null, hasLogo: false };
  const { accent, ground, hasLogo } = brand;
  return {
    mocks,
    rankings,
    brand: { name: brand.name || name, accent, ground, hasLogo },
    hasOrders: shown.hasOrders,
    isDark,
    locale,
    words,
    run: shown.run,
  };
}
