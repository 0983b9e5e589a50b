import type { AskProblem, FromFrame, Look, MockSettings, Place, Step, ToFrame } from './protocol.ts';
import type {
  Ask,
  CatalogueAnswer,
  CatalogueAsk,
  EmailAnswer,
  EmailAsk,
  ProductAnswer,
  ProductAsk,
  RecommendAnswer,
  RecommendAsk,
  ReviewsAnswer,
  ReviewsAsk,
  SearchAnswer,
  SearchAsk,
  SuggestAnswer,
  SuggestAsk,
} from './shapes.ts';

type Answers = {
  search: [SearchAsk, SearchAnswer];
  suggest: [SuggestAsk, SuggestAnswer];
  recommend: [RecommendAsk, RecommendAnswer];
  email: [EmailAsk, EmailAnswer];
  reviews: [ReviewsAsk, ReviewsAnswer];
  catalogue: [CatalogueAsk, CatalogueAnswer];
  product: [ProductAsk, ProductAnswer];
};
export type AnswerTo<Kind extends Ask['kind']> = Answers[Kind][1];
export type AskOf<Kind extends Ask['kind']> = Answers[Kind][0];

/** A question that got no answer, and why. */
export class AskFailure extends Error {
  readonly code: AskProblem;
  constructor(code: AskProblem) {
    super(code);
    this.code = code;
  }
}

/**
 * What the page around told last, and where somebody went since. `version` counts the changes that ask for new answers,
 * `moves` the places since the first.
 */
export type Shown = {
  look: Look;
  mock: string;
  version: number;
  place: Place;
  moves: number;
  takesFocus: boolean;
};

/** The frame's one way out: a port to the page around, which answers questions and hands in pictures. */
export class Bridge {
  #port: MessagePort;
  #lastId = 0;
  #asks = new Map<number, { resolve: (answer: unknown) => void; reject: (why: AskFailure) => void }>();
  #images = new Map<number, (picture: Blob | null) => void>();
  #shown: Shown | null = null;
  #listeners = new Set<() => void>();

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ToFrame>) => this.#hear(data);
  }

  readonly shown = (): Shown | null => this.#shown;

  readonly onShown = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Throws AskFailure. */
  ask<Kind extends Ask['kind']>(mock: string, ask: AskOf<Kind> & { kind: Kind }): Promise<AnswerTo<Kind>> {
    const id = ++this.#lastId;
    const answered = new Promise<unknown>((resolve, reject) => this.#asks.set(id, { resolve, reject }));
    this.#tell({ kind: 'ask', id, mock, ask });
    return answered as Promise<AnswerTo<Kind>>;
  }

  /** A product's picture, or the logo where `productId` is null; null when there is none. */
  picture(productId: string | null): Promise<Blob | null> {
    const id = ++this.#lastId;
    const brought = new Promise<Blob | null>((resolve) => this.#images.set(id, resolve));
    this.#tell({ kind: 'image', id, productId });
    return brought;
  }

  height(px: number): void {
    this.#tell({ kind: 'height', px });
  }

  /** Goes to another place in the mock, and tells so. Back from a step is where the page's own way leads. */
  go(mock: string, place: Place, step: Step): void {
    const shown = this.#shown;
    if (!shown || JSON.stringify(place) === JSON.stringify(shown.place)) return;
    if (step !== 'OUT') this.#show({ ...shown, place, moves: shown.moves + 1 });
    this.#tell({ kind: 'place', mock, place, step });
  }

  #tell(message: FromFrame): void {
    this.#port.postMessage(message);
  }

  #hear(message: ToFrame): void {
    switch (message.kind) {
      case 'start':
        this.#show({
          look: message.look,
          mock: message.mock,
          version: (this.#shown?.version ?? 0) + 1,
          place: message.place,
          moves: this.#shown?.moves ?? 0,
          takesFocus: message.takesFocus,
        });
        break;
      case 'mock':
        if (this.#shown) {
          const { mock, place } = message;
          this.#show({ ...this.#shown, mock, place, moves: this.#shown.moves + 1 });
        }
        break;
      case 'settings':
        this.#set(message.product, message.values, message.asksAnew);
        break;
      case 'answer': {
        const waiting = this.#asks.get(message.id);
        this.#asks.delete(message.id);
        if (message.ok) waiting?.resolve(message.answer);
        else waiting?.reject(new AskFailure(message.code));
        break;
      }
      case 'image': {
        const { id, bytes, type } = message;
        this.#images.get(id)?.(bytes === null ? null : new Blob([bytes], { type }));
        this.#images.delete(id);
      }
    }
  }

  #set(product: string, values: MockSettings, asksAnew: boolean): void {
    if (!this.#shown) return;
    const { look } = this.#shown;
    const mocks = look.mocks.map((mock) => (mock.product === product ? { ...mock, settings: values } : mock));
    this.#show({ ...this.#shown, look: { ...look, mocks }, version: this.#shown.version + (asksAnew ? 1 : 0) });
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    for (const listener of this.#listeners) listener();
  }
}
