/** A card's box, in the units of what it stands in. */
export type Place = { left: number; top: number; width: number; height: number };

/** A line from one card to another: out of its right side and into the left one, or down along the left in a column. */
export function curveBetween(from: Place, to: Place): string {
  const [fromY, toY] = [from.top + from.height / 2, to.top + to.height / 2];
  if (Math.abs(from.left - to.left) < from.width / 2) {
    const x = from.left;
    const bow = x - 14 - Math.min(24, Math.abs(toY - fromY) / 12);
    return path([x, fromY], [bow, fromY], [bow, toY], [x, toY]);
  }
  const isForward = to.left > from.left;
  const start = isForward ? from.left + from.width : from.left;
  const end = isForward ? to.left : to.left + to.width;
  const reach = ((isForward ? 1 : -1) * Math.max(24, Math.abs(end - start))) / 2;
  return path([start, fromY], [start + reach, fromY], [end - reach, toY], [end, toY]);
}

type Point = [x: number, y: number];

function path(start: Point, first: Point, second: Point, end: Point): string {
  const [a, b, c, d] = [start, first, second, end].map(([x, y]) => `${round(x)} ${round(y)}`);
  return `M${a} C${b} ${c} ${d}`;
}

const round = (value: number) => Math.round(value * 10) / 10;
