import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import type { ResultOf, VariablesOf } from '../../api/graphql.ts';
import { useUndo } from '../../components/UndoToast.tsx';
import { AccountEditMutation, ProjectEditMutation, ProjectNowQuery } from './documents.ts';
import { ProjectEditable } from './editable.ts';

export type Editable = ResultOf<typeof ProjectEditable>;
export type Edits = Omit<VariablesOf<typeof ProjectEditMutation>['input'], 'revision'>;
type AccountEdits = Omit<VariablesOf<typeof AccountEditMutation>['input'], 'revision'>;

type Refusal = { code: string; message: string } | undefined;
export const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The project as the cache has it now: other edits, ours and others', have moved its revision since it was drawn. */
export function current(client: ApolloClient, id: string): Editable | null {
  return client.cache.readFragment<Editable>({
    id: client.cache.identify({ __typename: 'Project', id }),
    fragment: ProjectEditable,
    fragmentName: 'ProjectEditable',
  });
}

/**
 * The project as the server has it now. An answer that was asked for before our edit may have come in after it, and
 * then the cache holds what was there before: an undo that trusted it would be refused for a change of nobody.
 */
export async function asked(client: ApolloClient, id: string): Promise<Editable | null> {
  await client.query({ query: ProjectNowQuery, variables: { id }, fetchPolicy: 'network-only' });
  return current(client, id);
}

/** What a field of the project stands at, in the form of an edit. */
export function standing(project: Editable, field: keyof Edits): unknown {
  if (field === 'pmId') return project.pm.id;
  if (field === 'revenue') {
    const sum = project.staff?.revenue;
    return sum ? { amountMinor: sum.amountMinor, currency: sum.currency } : null;
  }
  return project[field];
}

/**
 * Edits one field of a project, or of its account, and offers for ten seconds to take it back. The undo is the inverse
 * edit, at the revision of that moment; it is refused when somebody has changed the same field since.
 */
export function useProjectEdit(project: Editable) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [editProject] = useMutation(ProjectEditMutation);
  const [editAccount] = useMutation(AccountEditMutation);
  const offerUndo = useUndo();

  const sentenceOf = (refusal: Refusal): string | null => {
    if (!refusal) return null;
    return refusal.code === 'CONFLICT' ? t('projectEdit.conflict') : refusal.message;
  };
  const sent = async (send: () => Promise<Refusal>): Promise<string | null> => {
    try {
      return sentenceOf(await send());
    } catch (error) {
      return t(`comments.failure.${failureOf(error)}`);
    }
  };

  const write = (edits: Edits) =>
    sent(async () => {
      const send = async () => {
        const seen = current(client, project.id) ?? project;
        const input = { revision: seen.revision, ...edits };
        const { data } = await editProject({ variables: { id: project.id, input } });
        return { refusal: data?.projectEdit.userErrors[0], seen };
      };
      const { refusal, seen } = await send();
      // Somebody changed something else of the project in the same moment: that stands in nobody's way.
      const now = refusal?.code === 'CONFLICT' ? current(client, project.id) : null;
      const fields = Object.keys(edits) as (keyof Edits)[];
      const isOther = now !== null && fields.every((field) => same(standing(now, field), standing(seen, field)));
      return isOther ? (await send()).refusal : refusal;
    });
  const writeAccount = (edits: AccountEdits) =>
    sent(async () => {
      const { account } = current(client, project.id) ?? project;
      const input = { revision: account.revision, ...edits };
      const { data } = await editAccount({ variables: { id: account.id, input } });
      return data?.accountEdit.userErrors[0];
    });

  /** Answers with why it was refused, or null when it is saved. */
  async function edit<F extends keyof Edits>(field: F, value: Edits[F], sentence: string): Promise<string | null> {
    const before = standing(current(client, project.id) ?? project, field);
    const refusal = await write({ [field]: value });
    if (refusal !== null) return refusal;
    const undo = async () => {
      const now = await asked(client, project.id);
      if (now && !same(standing(now, field), value)) return t('projectEdit.changedSince');
      return write({ [field]: before });
    };
    offerUndo(sentence, undo, `project ${project.id} ${field}`);
    return null;
  }

  async function editOfAccount(field: 'name' | 'website', value: string, sentence: string): Promise<string | null> {
    const before = (current(client, project.id) ?? project).account[field];
    const refusal = await writeAccount({ [field]: value });
    if (refusal !== null) return refusal;
    offerUndo(sentence, () => writeAccount({ [field]: before }), `account ${project.account.id} ${field}`);
    return null;
  }

  return { edit, editOfAccount };
}
