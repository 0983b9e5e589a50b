import { useState } from 'react';

/** What is being said, kept while this tab is open; `key` makes it one comment however often it is sent. */
export function useCommentDraft(place: string) {
  const name = `slipway-map-comment ${place}`;
  const [text, setShown] = useState(() => sessionStorage.getItem(name) ?? '');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const setText = (to: string) => {
    setShown(to);
    // Other words are another comment: the same key with them would be refused.
    setKey(crypto.randomUUID());
    if (to === '') sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, to);
  };
  return { text, setText, key, renew: () => setText('') };
}
