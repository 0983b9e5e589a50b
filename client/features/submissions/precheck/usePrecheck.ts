import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Progress, Report } from '../../../../server/submissions/validation/types.ts';
import type { Check, Chosen, KnownColumn } from './orders.ts';
import { Precheck } from './precheck.ts';
import { chosenBefore, forgetChosen, rememberChosen } from './remembered.ts';

/*
 * A file that was chosen, before or while it is sent:
 *   checking -> found     something was found, so the person decides
 *   checking -> (null)    nothing was found, or it could not be checked here: it goes its way
 *   found    -> found     it was checked again with what the person said of it
 *   found    -> (null)    sent as it is, repaired, or another was chosen
 * What the person says of it counts at once, and goes with it whichever way it is sent.
 */
export type Prechecked = {
  precheck: Precheck;
  file: File;
  /** It is being sent already, since it is too large to let anybody wait. */
  isAlongside: boolean;
  progress: Progress | null;
  report: Report | null;
  /** By the rules of the report. */
  knownColumns: readonly KnownColumn[];
};

/** Larger files are sent while they are checked. */
export const sentAtOnceBytes = 16_000_000;

const nothingSaid: Chosen = { mapping: [], declared: [] };

type Options = {
  inputId: string;
  check: Check | null;
  onSend: (file: File, chosen: Chosen) => void;
  /** The screen was left while a file that was not sent yet was in hand. */
  onLeft: (file: File) => void;
};

export function usePrecheck({ inputId, check, onSend, onLeft }: Options) {
  const [now, setNow] = useState<Prechecked | null>(null);
  const current = useRef<Precheck | null>(null);

  const end = useCallback(() => {
    current.current?.end();
    current.current = null;
    setNow(null);
  }, []);
  const drop = useCallback(() => {
    end();
    forgetChosen(inputId);
  }, [end, inputId]);
  const leave = useEffectEvent(() => {
    const left = current.current;
    current.current = null;
    left?.end();
    if (left && now && !now.isAlongside) onLeft(left.file);
  });
  useEffect(() => () => leave(), []);

  const begin = async (file: File) => {
    end();
    if (!check) return onSend(file, nothingSaid);
    const isAlongside = file.size > sentAtOnceBytes;
    if (isAlongside) onSend(file, nothingSaid);
    const before = isAlongside ? null : chosenBefore(inputId, file, check);
    const change = (part: Partial<Prechecked>) => {
      if (current.current === precheck) setNow((before) => before && { ...before, ...part });
    };
    const precheck = new Precheck(file, check, new Date().toISOString(), (progress) => change({ progress }));
    if (before) precheck.choose(before);
    current.current = precheck;
    setNow({ precheck, file, isAlongside, progress: null, report: null, knownColumns: [] });
    try {
      const found = await precheck.report();
      if (current.current !== precheck) return;
      const isWorthALook = before !== null || found.report.verdict !== 'ACCEPTED';
      if (isWorthALook) return change(found);
    } catch {
      // Not checked here: the server does it all the same.
      if (current.current !== precheck) return;
    }
    drop();
    if (!isAlongside) onSend(file, precheck.chosen);
  };

  /** What the person says of it counts from now on, also where the report on the screen is from before. */
  const say = (chosen: Partial<Chosen>): void => {
    const precheck = current.current;
    if (!precheck || !check) return;
    precheck.choose(chosen);
    rememberChosen(inputId, precheck.file, check, precheck.chosen);
  };

  /** Checks it again with what the person has said. Nothing goes its way by itself after that. False: it could not be. */
  const choose = async (chosen: Partial<Chosen>): Promise<boolean> => {
    const precheck = current.current;
    if (!precheck) return false;
    say(chosen);
    const found = await precheck.report().catch(() => null);
    if (found && current.current === precheck) setNow((before) => before && { ...before, ...found });
    return found !== null;
  };

  return { prechecked: now, begin, say, choose, drop };
}
