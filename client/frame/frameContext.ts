import { createContext, useContext } from 'react';
import type { Bridge } from './bridge.ts';
import type { Look, Mock, Place, Step } from './protocol.ts';
import type { Money } from './shapes.ts';
import type { Say } from './words.ts';

export type Frame = {
  bridge: Bridge;
  look: Look;
  mock: Mock;
  /** Another one means that every question is to be asked again. */
  version: number;
  /** Where in the mock somebody is; the page's address keeps it. */
  place: Place;
  /** 0 where the mock began there. */
  moves: number;
  go: (place: Place, step: Step) => void;
  /** Whoever came here wants to type at once. */
  takesFocus: boolean;
  t: Say;
  money: (money: Money) => string;
  figure: (value: number) => string;
};

export const FrameContext = createContext<Frame | null>(null);

/** What the page around told, and the way back to it. */
export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('A part of a mock stands outside of the frame.');
  return frame;
}
