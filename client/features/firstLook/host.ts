import {
  type FromFrame,
  fromFrame,
  type Look,
  type Place,
  type Step,
  type ToFrame,
  waitingFor,
} from '../../frame/protocol.ts';
import type { Ask } from '../../frame/shapes.ts';
import { asked, pictureAddress } from './asking.ts';
import { Allowance, Newest } from './pace.ts';

/*
 * The page's side of a frame with mocks: it answers what the frame may ask, for one project alone, and nothing else.
 * What comes over the port is a stranger's word and is looked at before it is believed.
 */

/** So many pictures are asked for at once; a browser opens no more lines to one server. */
const picturesAtOnce = 6;
/** More than the longest page shows; what is asked for beyond them has no picture. */
const mostWaiting = 200;
/** Faster than anybody types; the server takes no more, either. */
const asksAllowed = { atOnce: 60, perSecond: 20 };
const restMs = 50;
const pictureTypes = /^image\/(png|jpeg|webp|gif|avif)$/;
const largestPicture = 5_000_000;

/** How a product's mock is set, and what its answers are ranked by: another `ranking` asks anew. */
export type HostLook = Look & { rankings: Record<string, string> };

type Went = { place: Place; step: Step };
type Options = {
  projectId: string;
  onHeight: (px: number) => void;
  /** Somebody went to another place in the mock that is shown. */
  onPlace: (place: Place, step: Step) => void;
  takesFocus: boolean;
};

export class FrameHost {
  #port: MessagePort;
  #options: Options;
  #shown: { look: HostLook; mock: string; place: Place } | null = null;
  /** Where the frame is. */
  #at: Place = {};
  /** Where it went last: the page comes after, and the frame need not be told. */
  #went: Place | null = null;
  /** By the kind of question: a newer one makes the older stale. */
  #asking = new Map<Ask['kind'], AbortController>();
  #closing = new AbortController();
  #waitingPictures: Extract<FromFrame, { kind: 'image' }>[] = [];
  #pictures = 0;
  #asks = new Allowance(asksAllowed.atOnce, asksAllowed.perSecond);
  #heights: Newest<number>;
  #places: Newest<Went>;

  constructor(port: MessagePort, options: Options) {
    this.#port = port;
    this.#options = options;
    this.#heights = new Newest(restMs, options.onHeight);
    this.#places = new Newest(restMs, (went) => this.#goAfter(went), bothSteps);
    port.onmessage = ({ data }) => this.#hear(data);
  }

  /** Tells the frame what it does not know yet of this. */
  show(look: HostLook, mock: string, place: Place): void {
    const before = this.#shown;
    this.#shown = { look, mock, place };
    const isMoved =
      before?.mock !== mock || !(areSame(place, before.place) || (this.#went && areSame(place, this.#went)));
    if (isMoved) {
      this.#at = place;
      this.#went = null;
    }
    if (!before || headOf(before.look) !== headOf(look)) {
      const { rankings: _, ...told } = look;
      const takesFocus = before === null && this.#options.takesFocus;
      this.#tell({ kind: 'start', look: told, mock, place: this.#at, takesFocus });
      return;
    }
    for (const { product, settings } of look.mocks) {
      const held = before.look.mocks.find((one) => one.product === product);
      const asksAnew = before.look.rankings[product] !== look.rankings[product];
      if (asksAnew || JSON.stringify(held?.settings) !== JSON.stringify(settings)) {
        this.#tell({ kind: 'settings', product, values: settings, asksAnew });
      }
    }
    if (isMoved) this.#tell({ kind: 'mock', mock, place });
  }

  close(): void {
    this.#closing.abort();
    for (const asking of this.#asking.values()) asking.abort();
    this.#waitingPictures = [];
    this.#heights.close();
    this.#places.close();
    this.#port.close();
  }

  #tell(message: ToFrame, handedOver: Transferable[] = []): void {
    if (!this.#closing.signal.aborted) this.#port.postMessage(message, handedOver);
  }

  #hear(data: unknown): void {
    const said = fromFrame(data);
    if (!said) this.#refuse(data);
    else this.#take(said);
  }

  #take(said: FromFrame): void {
    if (said.kind === 'height') this.#heights.tell(said.px);
    if (said.kind === 'ask') void this.#answer(said.id, said.mock, said.ask);
    if (said.kind === 'place' && said.mock === this.#shown?.mock && !areSame(said.place, this.#at)) {
      if (said.step !== 'OUT') this.#at = said.place;
      this.#places.tell(said);
    }
    if (said.kind === 'image') {
      if (this.#waitingPictures.length < mostWaiting) this.#waitingPictures.push(said);
      else this.#noPicture(said.id);
      this.#fetchPictures();
    }
  }

  /** Whoever asked for what nobody answers is told, instead of waiting for ever. */
  #refuse(data: unknown): void {
    const waiting = waitingFor(data);
    if (waiting?.kind === 'ask') this.#tell({ kind: 'answer', id: waiting.id, ok: false, code: 'BROKEN' });
    if (waiting?.kind === 'image') this.#noPicture(waiting.id);
  }

  #goAfter({ place, step }: Went): void {
    this.#went = step === 'OUT' ? null : place;
    this.#options.onPlace(place, step);
  }

  async #answer(id: number, product: string, ask: Ask): Promise<void> {
    const mock = this.#shown?.look.mocks.find((one) => one.product === product);
    if (!mock) return this.#tell({ kind: 'answer', id, ok: false, code: 'GONE' });
    if (!this.#asks.take()) return this.#tell({ kind: 'answer', id, ok: false, code: 'BUSY' });
    this.#asking.get(ask.kind)?.abort();
    const asking = new AbortController();
    this.#asking.set(ask.kind, asking);
    const outcome = await asked(this.#options.projectId, mock.kind, ask, asking.signal);
    if (this.#asking.get(ask.kind) === asking) this.#asking.delete(ask.kind);
    if ('code' in outcome) this.#tell({ kind: 'answer', id, ok: false, code: outcome.code });
    else this.#tell({ kind: 'answer', id, ok: true, answer: outcome.answer });
  }

  #fetchPictures(): void {
    while (this.#pictures < picturesAtOnce) {
      const next = this.#waitingPictures.shift();
      if (!next) return;
      this.#pictures++;
      void this.#picture(next.id, next.productId).finally(() => {
        this.#pictures--;
        this.#fetchPictures();
      });
    }
  }

  async #picture(id: number, productId: string | null): Promise<void> {
    const { projectId } = this.#options;
    const run = this.#shown?.look.run ?? 0;
    const picture = await pictureAt(pictureAddress(projectId, productId, run), this.#closing.signal);
    if (picture) this.#tell({ kind: 'image', id, ...picture }, [picture.bytes]);
    else this.#noPicture(id);
  }

  #noPicture(id: number): void {
    this.#tell({ kind: 'image', id, bytes: null, type: '' });
  }
}

function areSame(one: Place, other: Place): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Two in a row are as far as both of them: in, and on within what one came to. */
function bothSteps(before: Went, next: Went): Went {
  if (before.step === 'IN') return { place: next.place, step: next.step === 'OUT' ? 'SAME' : 'IN' };
  return next;
}

/** All that is another shop, another build or another language; settings can be told one by one. */
function headOf({ mocks, brand, hasOrders, isDark, locale, run }: HostLook): string {
  return JSON.stringify([mocks.map(({ product, kind }) => [product, kind]), brand, hasOrders, isDark, locale, run]);
}

async function pictureAt(address: string, signal: AbortSignal): Promise<{ bytes: ArrayBuffer; type: string } | null> {
  try {
    const response = await fetch(address, { signal, credentials: 'same-origin' });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    if (!response.ok || !pictureTypes.test(type)) return null;
    const bytes = await response.arrayBuffer();
    return bytes.byteLength > 0 && bytes.byteLength <= largestPicture ? { bytes, type } : null;
  } catch {
    return null;
  }
}
