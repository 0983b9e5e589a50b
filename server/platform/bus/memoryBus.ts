import { EventEmitter } from 'node:events';
import type { Bus } from './bus.ts';

/** The bus of one process. Listeners run on the next turn, as they would over a network. */
export function memoryBus(): Bus {
  const emitter = new EventEmitter().setMaxListeners(0);
  const send = (topic: string, payload: unknown) => {
    setImmediate(() => emitter.emit(topic, payload));
  };
  return {
    ring: (topic) => send(topic, undefined),
    signal: (topic, payload) => send(topic, payload),
    on(topic, listener) {
      emitter.on(topic, listener);
      return () => emitter.off(topic, listener);
    },
    async close() {
      emitter.removeAllListeners();
    },
  };
}
