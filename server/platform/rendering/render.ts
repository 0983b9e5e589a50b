import type { GuardedFetch } from '../fetching/guardedFetch.ts';
import { type Answers, type Asked, answerAll, type GivenPage, turnsOf } from './answers.ts';
import { type Chromium, startChromium } from './chromium.ts';

/*
 * A page as its own scripts leave it. It runs in a Chromium that is made for it and ended after it, which reaches nothing
 * but what we fetch for it through the guarded door.
 */

export type RenderedPage = {
  /** Where it came to stand; null: it could not be read. */
  readonly seen: { readonly url: string; readonly html: string } | null;
  /** Addresses of scripts that it asked for. */
  readonly scripts: readonly string[];
  /** What else it asked for, or wanted to tell: nothing of it went out but what its scripts needed to go on. */
  readonly asked: readonly Asked[];
  /** What it laid down for tag managers (`dataLayer`), as JSON. */
  readonly layer: string | null;
  /** Its scripts were cut off: they would not have come to an end. */
  readonly isCut: boolean;
};

/** Throws when Chromium does not start, or `signal` ends it; never for anything that the page does. */
export type Render = (page: GivenPage, signal: AbortSignal) => Promise<RenderedPage>;

export type RenderOptions = {
  /** Where Chromium stands. */
  path: string;
  fetch: GuardedFetch;
  /** Of tests alone: shorter times. */
  times?: Partial<typeof usual>;
};

const usual = {
  /** For the page and all that it asks for, once it begins. */
  totalMs: 12_000,
  /** It came to rest when it asked for nothing for so long. */
  quietMs: 1_000,
  /** How long it may keep us waiting when it is asked for its state. */
  readMs: 5_000,
};
/** Each takes a few hundred megabytes. */
const atOnce = 2;
/** A busy machine is not held against the page. */
const beginMs = 20_000;
const maxHtml = 5_000_000;
const maxLayer = 100_000;

export function createRender({ path, fetch, times }: RenderOptions): Render {
  const turns = turnsOf(atOnce);
  const limits = { ...usual, ...times };
  return (page, signal) =>
    turns(async () => {
      const chromium = await startChromium(path, signal);
      const end = () => void chromium.close();
      signal.addEventListener('abort', end, { once: true });
      try {
        // While it started, whoever waits may have gone.
        signal.throwIfAborted();
        const rendered = await renderIn(chromium, fetch, page, limits);
        signal.throwIfAborted();
        return rendered;
      } finally {
        signal.removeEventListener('abort', end);
        await chromium.close();
      }
    });
}

async function renderIn(
  chromium: Chromium,
  fetch: GuardedFetch,
  page: GivenPage,
  limits: typeof usual,
): Promise<RenderedPage> {
  let answers: Answers | null = null;
  let view: View | null = null;
  try {
    const { targetId } = (await chromium.send('Target.createTarget', { url: 'about:blank' })) as { targetId: string };
    const attached = await chromium.send('Target.attachToTarget', { targetId, flatten: true });
    view = { chromium, sessionId: String(attached.sessionId), frameId: targetId, readMs: limits.readMs };
    // It broke down, for want of memory: nothing of it will ever answer.
    chromium.onEvent(({ method }) => {
      if (method === 'Inspector.targetCrashed') void chromium.close();
    });
    await chromium.send('Inspector.enable', {}, view.sessionId);
    answers = await answerAll(chromium, fetch, targetId, page);
    await shown(view, page.url, answers, limits);
    const state = await stateOf(view);
    return { ...state, scripts: answers.scripts, asked: answers.asked };
  } catch {
    // The page took the browser along.
    return { seen: null, scripts: answers?.scripts ?? [], asked: answers?.asked ?? [], layer: null, isCut: true };
  } finally {
    answers?.close();
  }
}

type View = { chromium: Chromium; sessionId: string; frameId: string; readMs: number };

/** Opens it and waits until it is loaded and quiet, or its time is up. */
async function shown(view: View, url: string, answers: Answers, limits: typeof usual): Promise<void> {
  const { chromium, sessionId } = view;
  let isLoaded = false;
  chromium.onEvent(({ method }) => {
    if (method === 'Page.loadEventFired') isLoaded = true;
  });
  await chromium.send('Page.enable', {}, sessionId);
  await within(beginMs, chromium.send('Page.navigate', { url }, sessionId));
  const until = performance.now() + limits.totalMs;
  while (!chromium.isOver()) {
    await later(100);
    const now = performance.now();
    const since = answers.quietSince();
    if (now > until || (isLoaded && since !== null && now - since > limits.quietMs)) return;
  }
}

/** What stands there now. A page that does not let us look is stopped, and looked at once more. */
async function stateOf(view: View): Promise<Omit<RenderedPage, 'scripts' | 'asked'>> {
  const first = await within(view.readMs, read(view));
  if (first) return { ...first, isCut: false };
  const { chromium, sessionId } = view;
  for (const [method, params] of [
    ['Emulation.setScriptExecutionDisabled', { value: true }],
    ['Runtime.terminateExecution', {}],
  ] as const) {
    chromium.send(method, params, sessionId).catch(() => {});
  }
  const second = await within(view.readMs, read(view));
  return { seen: null, layer: null, ...second, isCut: true };
}

async function read({ chromium, sessionId, frameId }: View): Promise<Pick<RenderedPage, 'seen' | 'layer'>> {
  // In a world of its own, where the page's scripts have changed nothing of what is asked.
  const world = await chromium.send('Page.createIsolatedWorld', { frameId, worldName: 'slipway' }, sessionId);
  const contextId = world.executionContextId;
  const url = await textOf(chromium, sessionId, 'document.URL', contextId);
  const html = await textOf(chromium, sessionId, `document.documentElement.outerHTML.slice(0, ${maxHtml})`, contextId);
  const layer = await textOf(chromium, sessionId, `JSON.stringify(self.dataLayer).slice(0, ${maxLayer})`).catch(
    () => null,
  );
  return { seen: url?.startsWith('http') && html !== null ? { url, html } : null, layer };
}

async function textOf(
  chromium: Chromium,
  sessionId: string,
  expression: string,
  contextId?: unknown,
): Promise<string | null> {
  const asked = { expression, contextId, returnByValue: true, silent: true, timeout: 1_000 };
  const { result } = (await chromium.send('Runtime.evaluate', asked, sessionId)) as { result?: { value?: unknown } };
  return typeof result?.value === 'string' ? result.value : null;
}

async function within<T>(ms: number, promised: Promise<T>): Promise<T | null> {
  const late = later(ms).then(() => null);
  return Promise.race([promised.catch(() => null), late]);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
