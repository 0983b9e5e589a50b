/** Half of a character, without its other half: UTF-8 has no bytes for it, so it would be stored as something else. */
const half = /\p{Surrogate}/u;

/** Whether a value from outside holds a text, however deep, that could not be kept as it was sent. */
export function holdsBrokenText(value: unknown): boolean {
  const waiting = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one === 'string' && half.test(one)) return true;
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) waiting.push(inner);
  }
  return false;
}
