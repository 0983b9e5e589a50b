import { useEffect, useState } from 'react';
import { type AnswerTo, AskFailure, type AskOf } from './bridge.ts';
import { useFrame } from './frameContext.ts';
import type { AskProblem } from './protocol.ts';
import type { Ask } from './shapes.ts';

export type Asked<Answer> = {
  /** The newest that came; of the question before, as long as `isAsking`. */
  answer: Answer | null;
  problem: AskProblem | null;
  isAsking: boolean;
  askAgain: () => void;
};

type Held<Answer> = { key: string; answer: Answer | null; problem: AskProblem | null };

/** Asks whenever the question is another one, or the products are; null asks nothing. */
export function useAsk<Kind extends Ask['kind']>(ask: (AskOf<Kind> & { kind: Kind }) | null): Asked<AnswerTo<Kind>> {
  const { bridge, mock, version } = useFrame();
  const [again, setAgain] = useState(0);
  const [held, setHeld] = useState<Held<AnswerTo<Kind>>>({ key: '', answer: null, problem: null });
  const question = ask === null ? null : JSON.stringify(ask);
  const key = question === null ? '' : `${mock.product} ${version} ${again} ${question}`;
  const { product } = mock;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key tells when to ask anew, also for what it counts
  useEffect(() => {
    if (question === null) return;
    let isOver = false;
    bridge
      .ask<Kind>(product, JSON.parse(question))
      .then((answer) => {
        if (!isOver) setHeld({ key, answer, problem: null });
      })
      .catch((error: unknown) => {
        const code = error instanceof AskFailure ? error.code : 'BROKEN';
        // A newer question of this kind took its place, and brings its own answer.
        if (!isOver && code !== 'STALE') setHeld((before) => ({ key, answer: before.answer, problem: code }));
      });
    return () => {
      isOver = true;
    };
  }, [bridge, key]);

  return {
    answer: held.answer,
    problem: held.key === key ? held.problem : null,
    isAsking: key !== '' && held.key !== key,
    askAgain: () => setAgain((count) => count + 1),
  };
}
