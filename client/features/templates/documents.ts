import { type FragmentOf, graphql, type ResultOf, readFragment } from '../../api/graphql.ts';

/** The whole road of a version, as the editor works on it. */
export const roadFragment = graphql(`
  fragment TemplateRoad on TemplateVersion {
    id
    number
    state
    revision
    name
    platform
    products
    targetInBusinessDays
    phases {
      key
      name
      milestone
      tasks {
        key
        title
        purpose
        minutes
        type
        side
        visibility
        isGate
        assignee
        isReviewWanted
        reviewer
        holdsPhases
        when { of isNot values task input question fact }
        after
        dueInBusinessDays
        documentation
        inputs {
          key
          label
          isRequired
          kind
          acceptedExtensions
          check {
            rules
            table
            profile
            threshold
            declared { key value }
          }
          wanted
          everyMinutes
          statement
          ofTask
          minutes
          fields { key label isSecret isRequired }
          test { platform scopes }
          questions {
            key
            label
            help
            kind
            isRequired
            min
            max
            options { key label }
            when { question is }
            fact
          }
        }
      }
    }
  }
`);

/** What there is to say of a draft before it is published. */
export const stateOfDraft = graphql(`
  fragment TemplateDraftState on TemplateVersion {
    id
    revision
    updatedAt
    updatedBy { id name }
    problems { code phaseKey taskKey message }
    changes { kind thing key title fields }
  }
`);

export const draftQuery = graphql(
  `
  query TemplateDraft($id: ID!) {
    template(id: $id) {
      id
      revision
      draft { id ...TemplateRoad ...TemplateDraftState }
    }
  }
`,
  [roadFragment, stateOfDraft],
);

/** What every act on a draft answers with. */
const actFragment = graphql(
  `
  fragment TemplateAct on TemplatePayload {
    template {
      id
      revision
      name
      platform
      products
      retiredAt
      draft { id ...TemplateDraftState }
    }
    userErrors { code field message }
  }
`,
  [stateOfDraft],
);

export const taskEditMutation = graphql(
  `
  mutation TemplateTaskEdit($id: ID!, $input: TemplateTaskEditInput!) {
    templateTaskEdit(id: $id, input: $input) { ...TemplateAct }
  }
`,
  [actFragment],
);

export const draftReplaceMutation = graphql(
  `
  mutation TemplateDraftReplace($id: ID!, $input: TemplateDraftReplaceInput!) {
    templateDraftReplace(id: $id, input: $input) { ...TemplateAct }
  }
`,
  [actFragment],
);

type Bare<T> = T extends readonly (infer Item)[]
  ? Bare<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T as Key extends '__typename' ? never : Key]: Bare<T[Key]> }
    : T;

type Version = Bare<ResultOf<typeof roadFragment>>;
/** A road as the editor holds it: plain data, without what belongs to the version around it. */
export type Road = Omit<Version, 'id' | 'number' | 'state' | 'revision'>;
export type Phase = Road['phases'][number];
export type Task = Phase['tasks'][number];
export type Input = Task['inputs'][number];
export type Question = NonNullable<Input['questions']>[number];
export type Problem = ResultOf<typeof stateOfDraft>['problems'][number];
export type Change = ResultOf<typeof stateOfDraft>['changes'][number];
export type Act = ResultOf<typeof actFragment>;

export const actOf = (payload: FragmentOf<typeof actFragment>): Act => readFragment(actFragment, payload);

/** The road of a version, free of what the cache added. */
export function roadOf(version: FragmentOf<typeof roadFragment>): Road {
  const { name, platform, products, targetInBusinessDays, phases } = readFragment(roadFragment, version);
  return bare({ name, platform, products, targetInBusinessDays, phases });
}

function bare<T>(value: T): Bare<T> {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === '__typename' ? undefined : inner)),
  ) as Bare<T>;
}
