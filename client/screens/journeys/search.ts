export const panels = ['gaps', 'comments', 'items', 'goals', 'research', 'shape', 'agreement', 'compare'] as const;
export type Panel = (typeof panels)[number];

/** What of a map is open: the touchpoint or the panel beside it, the item whose way is shown, and how it is drawn. */
export type JourneySearch = {
  at?: string;
  panel?: Panel;
  item?: string;
  view?: 'table';
  show?: string;
  present?: true;
};

const id = /^[0-9a-f-]{36}$/;

/** What of an address can be meant for a map; anything else is left out. */
export function journeySearch(search: Record<string, unknown>): JourneySearch {
  const idOf = (value: unknown) => (typeof value === 'string' && id.test(value) ? value : undefined);
  return {
    at: idOf(search.at),
    panel: panels.find((one) => one === search.panel),
    item: idOf(search.item),
    show: typeof search.show === 'string' && /^[a-z.]{1,60}$/.test(search.show) ? search.show : undefined,
    present: search.present ? true : undefined,
    view: search.view === 'table' ? 'table' : undefined,
  };
}

/** Of which template it is told what really happened. */
export type RealitySearch = { template?: string };

export function realitySearch({ template }: Record<string, unknown>): RealitySearch {
  return typeof template === 'string' && id.test(template) ? { template } : {};
}
