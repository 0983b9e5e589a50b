import { type FromFrame, fromFrame, type Look, type ToFrame } from '../../frame/protocol.ts';
import type { Ask } from '../../frame/shapes.ts';
import { asked, pictureAddress } from './asking.ts';

/*
 * The page's side of a frame with mocks: it answers what the frame may ask, for one project alone, and nothing else.
 * What comes over the port is a stranger's word and is looked at before it is believed.
 */

/** So many pictures are asked for at once; a browser opens no more lines to one server. */
const picturesAtOnce = 6;
const pictureTypes = /^image\/(png|jpeg|webp|gif|avif)$/;
const largestPicture = 5_000_000;

/** How a product's mock is set, and what its answers are ranked by: another `ranking` asks anew. */
export type HostLook = Look & { rankings: Record<string, string> };

type Options = { projectId: string; onHeight: (px: number) => void; takesFocus: boolean };

export class FrameHost {
  #port: MessagePort;
  #options: Options;
  #shown: { look: HostLook; mock: string } | null = null;
  /** By the kind of question: a newer one makes the older stale. */
  #asking = new Map<Ask['kind'], AbortController>();
  #closing = new AbortController();
  #waitingPictures: Extract<FromFrame, { kind: 'image' }>[] = [];
  #pictures = 0;

  constructor(port: MessagePort, options: Options) {
    this.#port = port;
    this.#options = options;
    port.onmessage = ({ data }) => this.#hear(data);
  }

  /** Tells the frame what it does not know yet of this. */
  show(look: HostLook, mock: string): void {
    const before = this.#shown;
    this.#shown = { look, mock };
    if (!before || headOf(before.look) !== headOf(look)) {
      const { rankings: _, ...told } = look;
      const takesFocus = before === null && this.#options.takesFocus;
      this.#tell({ kind: 'start', look: told, mock, takesFocus });
      return;
    }
    for (const { product, settings } of look.mocks) {
      const held = before.look.mocks.find((one) => one.product === product);
      const asksAnew = before.look.rankings[product] !== look.rankings[product];
      if (asksAnew || JSON.stringify(held?.settings) !== JSON.stringify(settings)) {
        this.#tell({ kind: 'settings', product, values: settings, asksAnew });
      }
    }
    if (before.mock !== mock) this.#tell({ kind: 'mock', mock });
  }

  close(): void {
    this.#closing.abort();
    for (const asking of this.#asking.values()) asking.abort();
    this.#waitingPictures = [];
    this.#port.close();
  }

  #tell(message: ToFrame, handedOver: Transferable[] = []): void {
    if (!this.#closing.signal.aborted) this.#port.postMessage(message, handedOver);
  }

  #hear(data: unknown): void {
    const said = fromFrame(data);
    if (said?.kind === 'height') this.#options.onHeight(said.px);
    if (said?.kind === 'ask') void this.#answer(said.id, said.mock, said.ask);
    if (said?.kind === 'image') {
      this.#waitingPictures.push(said);
      this.#fetchPictures();
    }
  }

  async #answer(id: number, product: string, ask: Ask): Promise<void> {
    const mock = this.#shown?.look.mocks.find((one) => one.product === product);
    if (!mock) return this.#tell({ kind: 'answer', id, ok: false, code: 'GONE' });
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
    else this.#tell({ kind: 'image', id, bytes: null, type: '' });
  }
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
