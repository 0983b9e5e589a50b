/** What the examples are about: a project that the person sees, where its log stands, and a task of it. */
export type Known = { id: string; position: number; taskId: string | null };

type Titles = { projects: string; comment: string; changes: string };

const projects = `query Projects {
  projects(first: 10) {
    totalCount
    nodes {
      id
      name
      state
      targetOn
      account { name }
      nextStep { id title dueOn }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const comment = `mutation Comment($input: CommentAddInput!) {
  commentAdd(input: $input) {
    comment { id text author { name } }
    userErrors { code field message }
    position
  }
}
`;

const changes = `subscription Changes($projectId: ID!, $after: Int) {
  changes(projectId: $projectId, after: $after) {
    __typename
    ... on Change {
      position
      kind
      at
      actor { name }
      node { __typename id }
    }
    ... on CaughtUp { position }
    ... on Heartbeat { position }
    ... on Reload { reason position }
  }
}
`;

/** A tab per way of asking: a page of a list, an act, and what happens from now on. */
export function examplesFor(project: Known | null, titles: Titles) {
  const text = (title: string, query: string) => `# ${title}\n${query}`;
  const json = (variables: object) => JSON.stringify(variables, null, 2);
  const input = {
    taskId: project?.taskId ?? '',
    // Empty, so that running the tab before anything was written answers what is wrong instead of writing it into a task.
    text: '',
    audience: 'SHARED',
    idempotencyKey: crypto.randomUUID(),
  };
  return [
    { query: text(titles.projects, projects), variables: '{}' },
    { query: text(titles.comment, comment), variables: json({ input }) },
    {
      query: text(titles.changes, changes),
      variables: json({ projectId: project?.id ?? '', after: Math.max(0, (project?.position ?? 0) - 5) }),
    },
  ];
}
