import type { Bus, Topic } from '../../server/platform/bus/bus.ts';
import { memoryBus } from '../../server/platform/bus/memoryBus.ts';
import type { Random } from '../support/random.ts';

export type LossyBus = Bus & { lose(topic: Topic, part: number, random: Random): void };

/** A bus that loses some of the rings of a topic. */
export function lossyBus(): LossyBus {
  const bus = memoryBus();
  const lost = new Map<Topic, () => boolean>();
  return {
    ...bus,
    ring: (topic) => {
      if (!lost.get(topic)?.()) bus.ring(topic);
    },
    lose: (topic, part, random) => void lost.set(topic, () => random.chance(part)),
  };
}
