import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Progress, Report } from '../../../../server/submissions/validation/types.ts';
import type { Check } from './orders.ts';
import { Precheck } from './precheck.ts';

/*
 * A file that was chosen, before or while it is sent:
 *   checking -> found     something was found, so the person decides
 *   checking -> (null)    nothing was found, or it could not be checked here: it goes its way
 *   found    -> (null)    sent as it is, repaired, or another was chosen
 */
export type Prechecked = {
  precheck: Precheck;
  file: File;
  /** It is being sent already, since it is too large to let anybody wait. */
  isAlongside: boolean;
  progress: Progress | null;
  report: Report | null;
};

/** Larger files are sent while they are checked. */
export const sentAtOnceBytes = 16_000_000;

type Options = {
  check: Check | null;
  onSend: (file: File) => void;
  /** The screen was left while a file that was not sent yet was in hand. */
  onLeft: (file: File) => void;
};

export function usePrecheck({ check, onSend, onLeft }: Options) {
  const [now, setNow] = useState<Prechecked | null>(null);
  const current = useRef<Precheck | null>(null);

  const drop = useCallback(() => {
    current.current?.end();
    current.current = null;
    setNow(null);
  }, []);
  const leave = useEffectEvent(() => {
    const left = current.current;
    current.current = null;
    left?.end();
    if (left && now && !now.isAlongside) onLeft(left.file);
  });
  useEffect(() => () => leave(), []);

  const begin = async (file: File) => {
    drop();
    if (!check) return onSend(file);
    const isAlongside = file.size > sentAtOnceBytes;
    if (isAlongside) onSend(file);
    const change = (part: Partial<Prechecked>) => {
      if (current.current === precheck) setNow((before) => before && { ...before, ...part });
    };
    const precheck = new Precheck(file, check, new Date().toISOString(), (progress) => change({ progress }));
    current.current = precheck;
    setNow({ precheck, file, isAlongside, progress: null, report: null });
    try {
      const report = await precheck.report();
      if (current.current !== precheck) return;
      const isWorthALook = report.verdict !== 'ACCEPTED';
      if (isWorthALook) return change({ report });
    } catch {
      // Not checked here: the server does it all the same.
      if (current.current !== precheck) return;
    }
    drop();
    if (!isAlongside) onSend(file);
  };

  return { prechecked: now, begin, drop };
}
