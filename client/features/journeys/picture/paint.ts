import type { Picture, Shape, Tone } from './arrange.ts';
import type { WidthOf } from './lines.ts';

/** The colours of the theme that is shown, by their names in it. */
export type Colors = (tone: Tone) => string;

const font = '"Inter Variable", system-ui, sans-serif';
const weight = (isStrong: boolean | undefined) => (isStrong ? 600 : 400);

export function themeColors(): Colors {
  const style = getComputedStyle(document.documentElement);
  return (tone) => style.getPropertyValue(`--${tone}`).trim();
}

/** Text as the browser would set it. */
export function measured(): WidthOf {
  const context = document.createElement('canvas').getContext('2d');
  return (text, size) => {
    if (!context) return text.length * size * 0.56;
    context.font = `600 ${size}px ${font}`;
    return context.measureText(text).width;
  };
}

/** A picture as a document that other programs open. */
export function svgOf({ width, height, shapes }: Picture, colors: Colors): string {
  const tips = new Set(shapes.flatMap((shape) => (shape.kind === 'path' && shape.hasTip ? [shape.tone] : [])));
  const markers = [...tips].map(
    (tone) =>
      `<marker id="tip-${tone}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 1 L7 4 L0 7 z" fill="${colors(tone)}"/></marker>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(font)}">`,
    `<defs>${markers.join('')}</defs>`,
    `<rect width="${width}" height="${height}" fill="${colors('ground')}"/>`,
    ...shapes.map((shape) => svgShape(shape, colors)),
    '</svg>',
  ].join('\n');
}

function svgShape(shape: Shape, colors: Colors): string {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, fill, edge, radius = 0 } = shape;
      const line = edge ? ` stroke="${colors(edge)}"` : '';
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${colors(fill)}"${line}/>`;
    }
    case 'text': {
      const { x, y, text, size, isStrong, tone } = shape;
      return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight(isStrong)}" fill="${colors(tone)}">${escaped(text)}</text>`;
    }
    case 'path': {
      const { d, tone, width, dash, hasTip } = shape;
      const more = `${dash ? ` stroke-dasharray="${dash}"` : ''}${hasTip ? ` marker-end="url(#tip-${tone})"` : ''}`;
      return `<path d="${d}" fill="none" stroke="${colors(tone)}" stroke-width="${width}"${more}/>`;
    }
    case 'dot':
      return `<circle cx="${shape.x}" cy="${shape.y}" r="5" fill="${colors(shape.tone)}"/>`;
  }
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text for a document; what no document may hold is left out. */
function escaped(text: string): string {
  return [...text]
    .filter((letter) => letter === '\n' || letter === '\t' || (letter >= ' ' && letter < '\ufffe') || letter > '\uffff')
    .join('')
    .replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
}

/** More than this in a side no browser draws. */
const mostPixels = 16_000;

/** A picture as PNG, twice as fine as its units where that can be. */
export function pngOf({ width, height, shapes }: Picture, colors: Colors): Promise<Blob | null> {
  const scale = Math.min(2, mostPixels / width, mostPixels / height);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.scale(scale, scale);
  context.fillStyle = colors('ground');
  context.fillRect(0, 0, width, height);
  for (const shape of shapes) paint(context, shape, colors);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

function paint(context: CanvasRenderingContext2D, shape: Shape, colors: Colors): void {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, fill, edge, radius = 0 } = shape;
      context.beginPath();
      context.roundRect(x, y, width, height, radius);
      context.fillStyle = colors(fill);
      context.fill();
      if (!edge) return;
      context.setLineDash([]);
      [context.strokeStyle, context.lineWidth] = [colors(edge), 1];
      context.stroke();
      return;
    }
    case 'text':
      context.font = `${weight(shape.isStrong)} ${shape.size}px ${font}`;
      context.fillStyle = colors(shape.tone);
      context.fillText(shape.text, shape.x, shape.y);
      return;
    case 'path':
      context.setLineDash(shape.dash?.split(' ').map(Number) ?? []);
      [context.strokeStyle, context.lineWidth] = [colors(shape.tone), shape.width];
      context.stroke(new Path2D(shape.d));
      if (shape.hasTip) tip(context, shape.d, colors(shape.tone));
      return;
    case 'dot':
      context.beginPath();
      context.arc(shape.x, shape.y, 5, 0, 2 * Math.PI);
      context.fillStyle = colors(shape.tone);
      context.fill();
  }
}

/** The tip of an arrow where its line ends, in the direction in which it comes there. */
function tip(context: CanvasRenderingContext2D, d: string, color: string): void {
  const numbers = d.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
  const [fromX = 0, fromY = 0, x = 0, y = 0] = numbers.slice(-4);
  context.save();
  context.translate(x, y);
  context.rotate(Math.atan2(y - fromY, x - fromX));
  context.fillStyle = color;
  context.fill(new Path2D('M-7 -3 L0 0 L-7 3 z'));
  context.restore();
}
