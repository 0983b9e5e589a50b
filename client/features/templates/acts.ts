import { graphql } from '../../api/graphql.ts';

/** What the list and the head of a template show. */
export const templateCard = graphql(`
  fragment TemplateCard on Template {
    id
    revision
    key
    name
    platform
    products
    origin
    retiredAt
    usage { version runningCount finishedCount }
    published { id number publishedAt isFromFile publishedBy { id name } }
    draft { id number }
    viewerCan { edit }
  }
`);

export const createMutation = graphql(`
  mutation TemplateCreate($input: TemplateCreateInput!) {
    templateCreate(input: $input) { template { id } userErrors { code field message } }
  }
`);

export const importMutation = graphql(`
  mutation TemplateImport($input: TemplateImportInput!) {
    templateImport(input: $input) { template { id } userErrors { code field message } }
  }
`);

export const measuredQuery = graphql(`
  query TemplateMeasured($id: ID!) {
    template(id: $id) { id durations { taskKey medianDays caseCount } }
  }
`);

export const fileQuery = graphql(`
  query TemplateFile($id: ID!) {
    templateVersion(id: $id) { id number file template { id key } }
  }
`);

export const draftStartMutation = graphql(
  `
  mutation TemplateDraftStart($id: ID!) {
    templateDraftStart(id: $id) { template { ...TemplateCard } userErrors { code message } }
  }
`,
  [templateCard],
);

export const draftDiscardMutation = graphql(
  `
  mutation TemplateDraftDiscard($id: ID!, $input: TemplateDraftSeenInput!) {
    templateDraftDiscard(id: $id, input: $input) { template { ...TemplateCard } userErrors { code message } }
  }
`,
  [templateCard],
);

export const publishMutation = graphql(
  `
  mutation TemplatePublish($id: ID!, $input: TemplateDraftSeenInput!) {
    templatePublish(id: $id, input: $input) { template { ...TemplateCard } userErrors { code field message } }
  }
`,
  [templateCard],
);

export const retireMutation = graphql(
  `
  mutation TemplateRetire($id: ID!) {
    templateRetire(id: $id) { template { ...TemplateCard } userErrors { code message } }
  }
`,
  [templateCard],
);

export const restoreMutation = graphql(
  `
  mutation TemplateRestore($id: ID!) {
    templateRestore(id: $id) { template { ...TemplateCard } userErrors { code message } }
  }
`,
  [templateCard],
);
