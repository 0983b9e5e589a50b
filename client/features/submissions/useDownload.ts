import { useState } from 'react';

/** A link lives five minutes, so it is asked for at the moment of the click; no link: there is nothing to save any more. */
export function useDownload(ask: () => Promise<string | null | undefined>) {
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<'gone' | 'failed' | null>(null);

  const download = async () => {
    setLoading(true);
    setProblem(null);
    try {
      const link = await ask();
      // An attachment: the page stays where it is.
      if (link) window.location.assign(link);
      else setProblem('gone');
    } catch {
      setProblem('failed');
    }
    setLoading(false);
  };
  return { isLoading, problem, download };
}
