import type * as Y from 'yjs';

/** A change of a shared document by the server, in somebody's name. */
export type DocumentEdit = {
  documentId: string;
  epoch: number;
  author: { personId: string; name: string };
  /** The same for every try of one write: what was written under it once is never written again. */
  clientId: number;
  change: (doc: Y.Doc) => void;
};

/** `known`: it was written by an earlier try. `unchanged`: the document said that already. */
export type EditOutcome = 'written' | 'known' | 'unchanged' | 'full' | 'away';
type Host = (edit: DocumentEdit) => Promise<EditOutcome>;

/** The way to the documents that people have open: whoever keeps them answers here. */
export type CoEditing = {
  /** Answers when the change is durable and on its way to everybody who has the document open. */
  edit: Host;
  hostedBy(host: Host): void;
};

export function createCoEditing(): CoEditing {
  let host: Host | null = null;
  return {
    edit: async (edit) => (host ? host(edit) : 'away'),
    hostedBy(next) {
      host = next;
    },
  };
}
