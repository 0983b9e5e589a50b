import { type PageFacts, readPage, type ScriptFacts } from './page.ts';

/** A page after its scripts ran in a browser. */
export type RanPage = {
  /** How it stood then; null: that could not be read. */
  readonly seen: { readonly url: string; readonly html: string } | null;
  /** Addresses of scripts that it asked for. */
  readonly scripts: readonly string[];
  /** What it laid down for tag managers, as JSON. */
  readonly layer: string | null;
};

/** What a page says once it ran. `before` is what its HTML said, `part` what the tag's script is known by. */
export function pageThatRan(before: PageFacts, ran: RanPage, part: string): PageFacts {
  const after = ran.seen === null ? before : readPage(ran.seen.html, ran.seen.url);
  const stood = new Set(before.scripts.map(({ src }) => src));
  const scripts = after.scripts.map((script): ScriptFacts => {
    // What a script puts there is never waited for.
    return script.src === null || stood.has(script.src) ? script : { ...script, isAsync: true };
  });
  const asked = askedFor(ran, part);
  const isThere = scripts.some(({ src, text }) => (src ?? text).toLowerCase().includes(part.toLowerCase()));
  // Some tags take themselves away when they are done. How they stood there nobody saw, so nothing is held against it.
  if (!isThere && asked !== undefined) scripts.push({ ...unseen, src: asked });
  // The policy that counts came with the page.
  return { ...after, scripts, layer: ran.layer, policy: before.policy };
}

/** The address under which a page asked for the tag. */
export function askedFor({ scripts }: RanPage, part: string): string | undefined {
  return scripts.find((address) => address.toLowerCase().includes(part.toLowerCase()));
}

const unseen = { text: '', isAsync: true, hasIntegrity: true, waitsForConsent: false };
