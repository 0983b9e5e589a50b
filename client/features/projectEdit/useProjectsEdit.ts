import { useApolloClient } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { useUndo } from '../../components/UndoToast.tsx';
import { ProjectEditMutation } from './documents.ts';
import { asked, current, type Editable, type Edits, same, standing } from './useProjectEdit.ts';

/** A project that an edit of several was refused for, by its client's name, and why. */
export type Refused = { id: string; name: string; reason: string };

/**
 * Edits one field of several projects, one act each: what is refused for one is done for the others, and named. One
 * undo takes back all that were done, but for those that somebody has changed since.
 */
export function useProjectsEdit() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const offerUndo = useUndo();

  async function write(project: Editable, edits: Edits): Promise<string | null> {
    try {
      const { revision } = current(client, project.id) ?? project;
      const variables = { id: project.id, input: { revision, ...edits } };
      const { data } = await client.mutate({ mutation: ProjectEditMutation, variables });
      const refusal = data?.projectEdit.userErrors[0];
      if (!refusal) return null;
      return refusal.code === 'CONFLICT' ? t('projectEdit.conflict') : refusal.message;
    } catch (error) {
      return t(`comments.failure.${failureOf(error)}`);
    }
  }

  /** Answers with those that were refused. `sentence` is told how many were done. */
  return async <F extends keyof Edits>(
    projects: readonly Editable[],
    field: F,
    value: Edits[F],
    sentence: (count: number) => string,
  ): Promise<Refused[]> => {
    const done: { project: Editable; before: unknown }[] = [];
    const refused: Refused[] = [];
    for (const project of projects) {
      const before = standing(current(client, project.id) ?? project, field);
      if (same(before, value)) continue;
      const reason = await write(project, { [field]: value });
      if (reason === null) done.push({ project, before });
      else refused.push({ id: project.id, name: project.account.name, reason });
    }
    if (done.length > 0) {
      offerUndo(sentence(done.length), async () => {
        const kept: string[] = [];
        for (const { project, before } of done) {
          const now = await asked(client, project.id);
          const isOthers = now !== null && !same(standing(now, field), value);
          if (isOthers || (await write(project, { [field]: before })) !== null) kept.push(project.account.name);
        }
        return kept.length === 0 ? null : t('projectEdit.keptSince', { names: kept.join(', ') });
      });
    }
    return refused;
  };
}
