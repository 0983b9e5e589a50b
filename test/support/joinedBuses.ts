import type { Bus, Topic } from '../../server/platform/bus/bus.ts';
import { memoryBus } from '../../server/platform/bus/memoryBus.ts';
import type { Random } from './random.ts';

type Said = { to: Bus; topic: Topic; payload: unknown };

/** The buses of two nodes, joined by a line that can be cut, and that can bring things late, in any order, and twice. */
export class JoinedBuses {
  readonly #inner = [memoryBus(), memoryBus()] as const;
  readonly #topics = new Set<Topic>();
  #isCut = false;
  #disorder: Random | null = null;
  #held: Said[] = [];
  readonly nodes: readonly [Bus, Bus] = [this.#node(0, 1), this.#node(1, 0)];

  /** What is said from now on does not reach the other node, nor ever will. */
  cut(): void {
    this.#isCut = true;
  }

  /** Joined again. As `Bus` asks of a bus that was cut, whoever listens looks again: nobody knows what was lost. */
  heal(): void {
    this.#isCut = false;
    for (const topic of this.#topics) for (const bus of this.#inner) bus.ring(topic);
  }

  /** From now on what is said waits, and comes later in any order, some of it twice; null ends that. */
  disorder(random: Random | null): void {
    this.#disorder = random;
    if (random === null) this.deliver();
  }

  /** Brings what waits. */
  deliver(): void {
    const order = this.#disorder;
    const all = this.#held.flatMap((said) => (order?.chance(0.5) ? [said, said] : [said]));
    this.#held = [];
    while (all.length > 0) {
      const [said] = all.splice(order === null ? 0 : order.below(all.length), 1);
      if (said) tell(said);
    }
  }

  #node(own: 0 | 1, other: 0 | 1): Bus {
    const send = (topic: Topic, payload: unknown) => {
      tell({ to: this.#inner[own], topic, payload });
      if (this.#isCut) return;
      // As over a network: what arrives is a copy.
      const said = {
        to: this.#inner[other],
        topic,
        payload: payload === undefined ? undefined : structuredClone(payload),
      };
      if (this.#disorder === null) tell(said);
      else this.#held.push(said);
    };
    return {
      ring: (topic) => send(topic, undefined),
      signal: send,
      on: (topic, listener) => {
        this.#topics.add(topic);
        return this.#inner[own].on(topic, listener);
      },
      close: () => this.#inner[own].close(),
    };
  }
}

function tell({ to, topic, payload }: Said): void {
  if (payload === undefined) to.ring(topic);
  else to.signal(topic, payload);
}
