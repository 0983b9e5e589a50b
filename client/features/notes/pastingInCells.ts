import { Fragment, type Node, type ResolvedPos, Slice } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/**
 * Pastes into a cell of a table what no cell can hold: headings, lists, other tables among them. The editor itself would
 * tear the table to make room for them; here they become lines of the cell. False where it may do as it does.
 */
export function pasteInCell(view: EditorView, slice: Slice, areCellsLaid = true): boolean {
  const { selection, tr } = view.state;
  if (!(selection instanceof TextSelection) || cellOf(selection.$from) === null) return false;
  if (cellOf(selection.$from) !== cellOf(selection.$to) || fits(slice, areCellsLaid)) return false;
  view.dispatch(tr.replaceSelection(linesOf(slice)).scrollIntoView());
  return true;
}

/** Where the cell begins that this stands in; null outside of tables. */
export function cellOf($position: ResolvedPos): number | null {
  for (let depth = $position.depth; depth > 0; depth--) {
    if (isCell($position.node(depth))) return $position.before(depth);
  }
  return null;
}

const isCell = (node: Node) => node.type.spec.tableRole === 'cell' || node.type.spec.tableRole === 'header_cell';

/** Lines are for the cell; cells alone the editor lays over those that are there, when it is asked to paste them. */
function fits({ content }: Slice, areCellsLaid: boolean): boolean {
  let isLines = true;
  content.forEach((node) => {
    if (!node.isInline && node.type.name !== 'paragraph') isLines = false;
  });
  const { firstChild: first, childCount } = content;
  return isLines || (areCellsLaid && childCount === 1 && first?.type.spec.tableRole !== undefined);
}

/** Each block a line, and each row of a table one, with its cells behind each other. */
function linesOf(slice: Slice): Slice {
  const lines: Node[] = [];
  slice.content.forEach((node) => void lines.push(...linesIn(node)));
  return new Slice(Fragment.from(lines), lines[0]?.inlineContent ? 1 : 0, lines.at(-1)?.inlineContent ? 1 : 0);
}

function linesIn(node: Node): Node[] {
  const { schema } = node.type;
  const line = (content: Fragment) => (schema.nodes.paragraph ? [schema.nodes.paragraph.create(null, content)] : []);
  if (node.isInline) return line(Fragment.from(node));
  if (node.type.name === 'paragraph') return [node];
  // Code may have line breaks, which text in other blocks has not.
  if (node.type.spec.code) return node.textContent.split('\n').flatMap((text) => line(texts(schema.text, text)));
  if (node.isTextblock) return line(node.content);
  if (node.type.spec.tableRole === 'row') return line(rowOf(node));
  if (node.isAtom && !node.isText) return node.attrs.name ? line(texts(schema.text, String(node.attrs.name))) : [];
  const all: Node[] = [];
  node.forEach((child) => void all.push(...linesIn(child)));
  return all;
}

function texts(make: (text: string) => Node, text: string): Fragment {
  return text === '' ? Fragment.empty : Fragment.from(make(text));
}

function rowOf(row: Node): Fragment {
  let content = Fragment.empty;
  row.forEach((cell) => {
    cell.descendants((node) => {
      if (!node.isTextblock) return true;
      if (content.size > 0 && node.content.size > 0) content = content.addToEnd(row.type.schema.text(' · '));
      content = content.append(node.content);
      return false;
    });
  });
  return content;
}
