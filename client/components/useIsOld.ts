import { useEffect, useState } from 'react';

/** What browsers, and Vite before them, say when a part of the program is not there to be loaded. */
const missingPart =
  /dynamically imported module|Importing a module script failed|Unable to preload|is not a valid JavaScript MIME type/i;

/** Whether a page broke because another version of Slipway is there by now, and with it other parts than this one asks for. */
export function useIsOld(error: unknown): boolean {
  const [isOld, setOld] = useState(false);
  const isMissing = error instanceof Error && missingPart.test(error.message);
  useEffect(() => {
    if (!isMissing) return;
    let isGone = false;
    // A connection that broke off looks the same: only the page as it is now tells.
    void isAnotherVersionThere().then((isThere) => !isGone && setOld(isThere));
    return () => {
      isGone = true;
    };
  }, [isMissing]);
  return isOld;
}

async function isAnotherVersionThere(): Promise<boolean> {
  const own = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (!own) return false;
  const answer = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } }).catch(() => null);
  return answer?.ok === true && !(await answer.text()).includes(own);
}
