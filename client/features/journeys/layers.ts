/** What can be drawn over the map. */
export const layers = ['experience', 'tools', 'pains', 'goals', 'flow'] as const;
export type Layer = (typeof layers)[number];

/** What is drawn until somebody says otherwise. */
export const usual: readonly Layer[] = ['experience', 'tools'];

/** The layers that an address names, as `experience.flow`; the usual ones where it names none. */
export function layersOf(said: string | undefined): ReadonlySet<Layer> {
  if (said === undefined) return new Set(usual);
  const named = said.split('.');
  return new Set(layers.filter((layer) => named.includes(layer)));
}

/** What an address says with one layer more or less; undefined for the usual ones. */
export function withLayer(shown: ReadonlySet<Layer>, layer: Layer): string | undefined {
  const next = layers.filter((one) => (one === layer ? !shown.has(one) : shown.has(one)));
  return next.join() === usual.join() ? undefined : next.join('.') || 'none';
}
