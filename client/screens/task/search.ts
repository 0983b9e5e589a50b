const taskTabs = ['comments', 'note', 'activity'] as const;
const taskParts = ['documentation', 'input', 'conversation'] as const;

export type TaskSearch = {
  tab?: (typeof taskTabs)[number] | undefined;
  part?: (typeof taskParts)[number] | undefined;
  /** A comment that the link leads to. */
  comment?: string | undefined;
};

/** `tab` opens a side of the conversation, `part` one of the three parts on a phone; anything else is ignored. */
export function taskSearch(search: Record<string, unknown>): TaskSearch {
  return {
    tab: taskTabs.find((one) => one === search.tab),
    part: taskParts.find((one) => one === search.part),
    comment: typeof search.comment === 'string' ? search.comment : undefined,
  };
}
