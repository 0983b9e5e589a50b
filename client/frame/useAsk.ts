import { useEffect, useState } from 'react';
import { type AnswerTo, AskFailure, type AskOf } from './bridge.ts';
import { useFrame } from './frameContext.ts';
import type { AskProblem } from './protocol.ts';
import type { Ask } from './shapes.ts';

export type Asked<Ask, Answer> = {
  /** The newest that came; of the question before, as long as `isAsking`. */
  answer: Answer | null;
  /** The question that it answers. */
  answered: Ask | null;
  problem: AskProblem | null;
  isAsking: boolean;
  askAgain: () => void;
};

type Held<Ask, Answer> = { key: string; answer: Answer | null; answered: Ask | null; problem: AskProblem | null };

/** Asks whenever the question is another one, or the products are; null asks nothing. */
export function useAsk<Kind extends Ask['kind']>(
  ask: (AskOf<Kind> & { kind: Kind }) | null,
): Asked<AskOf<Kind>, AnswerTo<Kind>> {
  const { bridge, mock, version } = useFrame();
  const [again, setAgain] = useState(0);
  const [held, setHeld] = useState<Held<AskOf<Kind>, AnswerTo<Kind>>>({
    ...{ key: '', answer: null, answered: null, problem: null },
  });
  const question = ask === null ? null : JSON.stringify(ask);
  const key = question === null ? '' : `${mock.product} ${version} ${again} ${question}`;
  const { product } = mock;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key tells when to ask anew, also for what it counts
  useEffect(() => {
    if (question === null) return;
    let isOver = false;
    const answered = JSON.parse(question);
    bridge
      .ask<Kind>(product, answered)
      .then((answer) => {
        if (!isOver) setHeld({ key, answer, answered, problem: null });
      })
      .catch((error: unknown) => {
        const code = error instanceof AskFailure ? error.code : 'BROKEN';
        // A newer question of this kind took its place, and brings its own answer.
        if (!isOver && code !== 'STALE') setHeld((before) => ({ ...before, key, problem: code }));
      });
    return () => {
      isOver = true;
    };
  }, [bridge, key]);

  return {
    answer: held.answer,
    answered: held.answered,
    problem: held.key === key ? held.problem : null,
    isAsking: key !== '' && held.key !== key,
    askAgain: () => setAgain((count) => count + 1),
  };
}
