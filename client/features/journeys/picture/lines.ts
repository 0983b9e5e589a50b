/** How wide a text is, in the units of its size. */
export type WidthOf = (text: string, size: number) => number;

/** A text in lines that fit, at most so many; what is left over is told by three dots, and a word too long is cut. */
export function linesOf(text: string, room: number, size: number, widthOf: WidthOf, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer, size) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line, size) > room && line.length > 1) {
      const cut = fitting(line, room, size, widthOf);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line !== '') lines.push(line);
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? '';
  const dots = '…';
  let end = last.length;
  while (end > 0 && widthOf(last.slice(0, end) + dots, size) > room) end -= 1;
  return [...lines.slice(0, most - 1), last.slice(0, end).trimEnd() + dots];
}

/** So many letters of a word fit; one at least. */
function fitting(word: string, room: number, size: number, widthOf: WidthOf): number {
  let count = 1;
  while (count < word.length && widthOf(word.slice(0, count + 1), size) <= room) count += 1;
  return count;
}
