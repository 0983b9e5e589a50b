import { ContentString, type Doc, Item } from 'yjs';

/** What this page wrote itself from `clock` on and did not delete: a line for each place that it was written at. */
export function wordsSince(doc: Doc, clock: number): string {
  let words = '';
  let end: number | null = null;
  for (const struct of doc.store.clients.get(doc.clientID) ?? []) {
    if (!(struct instanceof Item) || struct.deleted || !(struct.content instanceof ContentString)) continue;
    const text = struct.content.str.slice(Math.max(0, clock - struct.id.clock));
    if (text === '') continue;
    const goesOn = struct.origin?.client === doc.clientID && struct.origin.clock === end;
    words += goesOn || words === '' ? text : `\n${text}`;
    end = struct.id.clock + struct.length - 1;
  }
  return words;
}
