import { parsedAddress } from '../../address.ts';
import { type PageFacts, readPage, type ScriptFacts } from './page.ts';
import type { TagWanted } from './tag.ts';

/** A page after its scripts ran in a browser. */
export type RanPage = {
  /** How it stood then; null: that could not be read. */
  readonly seen: { readonly url: string; readonly html: string } | null;
  /** Addresses of scripts that it asked for. */
  readonly scripts: readonly string[];
  /** What else it asked for or wanted to tell: to where, and with what. */
  readonly asked: readonly { readonly url: string; readonly body: string }[];
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

/** What the tag wanted to tell: to its own origins, and to where it came from. Addresses, and what was sent along. */
export function eventsOf(ran: RanPage, wanted: TagWanted): string[] {
  const own = [askedFor(ran, wanted.script), ...wanted.connectOrigins, ...wanted.imageOrigins].flatMap(originOf);
  return ran.asked.flatMap(({ url, body }) =>
    originOf(url).some((origin) => own.includes(origin)) ? [url, body].filter((text) => text !== '') : [],
  );
}

function originOf(address: string | undefined): string[] {
  const origin = address === undefined ? undefined : parsedAddress(address)?.origin;
  return origin === undefined ? [] : [origin];
}

const unseen = { text: '', isAsync: true, hasIntegrity: true, waitsForConsent: false };
