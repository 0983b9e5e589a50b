import type { Node as ProseNode } from '@tiptap/pm/model';
import * as Y from 'yjs';
import type { Services } from '../platform/services.ts';
import { isId, mentionText } from './document/extensions.ts';
import { loadNote, type NoteKey } from './store.ts';

/** What a note says, without its marks: one line per paragraph. Empty for a note that nobody wrote in. */
export async function noteText(services: Pick<Services, 'db'>, key: NoteKey): Promise<string> {
  const { doc } = await loadNote(services, key);
  const lines: string[] = [];
  for (const node of doc.getXmlFragment('default').toArray()) lines.push(textOf(node));
  doc.destroy();
  return lines.join('\n').trim();
}

function textOf(node: Y.XmlElement | Y.XmlText | Y.XmlHook): string {
  if (node instanceof Y.XmlText) {
    return node
      .toDelta()
      .map((piece: { insert?: unknown }) => (typeof piece.insert === 'string' ? piece.insert : ' '))
      .join('');
  }
  if (!(node instanceof Y.XmlElement)) return '';
  return node.toArray().map(textOf).join(' ');
}

/** The ids of the people that a note names. */
export async function noteMentions(services: Pick<Services, 'db'>, key: NoteKey): Promise<string[]> {
  const { doc } = await loadNote(services, key);
  const named = new Set<string>();
  const look = (node: Y.XmlElement | Y.XmlText | Y.XmlHook): void => {
    if (!(node instanceof Y.XmlElement)) return;
    const id = node.nodeName === 'mention' ? node.getAttribute('id') : null;
    if (isId(id)) named.add(id);
    for (const child of node.toArray()) look(child);
  };
  for (const node of doc.getXmlFragment('default').toArray()) look(node as Y.XmlElement | Y.XmlText);
  doc.destroy();
  return [...named];
}

/** The first line of a note that names this person, and where in it; null for none. */
export function namingLine(content: ProseNode, personId: string): { text: string; at: number } | null {
  let found: { text: string; at: number } | null = null;
  content.descendants((node) => {
    if (found || !node.isTextblock) return found === null;
    let [text, at] = ['', -1];
    node.forEach((part) => {
      const isMention = part.type.name === 'mention';
      if (isMention && part.attrs.id === personId && at === -1) at = text.length;
      text += isMention ? mentionText(part.attrs) : part.isText ? part.text : ' ';
    });
    if (at !== -1) found = { text, at };
    return false;
  });
  return found;
}
