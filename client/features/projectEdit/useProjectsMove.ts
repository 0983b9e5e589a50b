import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { graphql } from '../../api/graphql.ts';
import { useUndo } from '../../components/UndoToast.tsx';
import { ProjectEditable } from './editable.ts';
import { current, type Editable } from './useProjectEdit.ts';
import type { Refused } from './useProjectsEdit.ts';

const MoveOfManyMutation = graphql(
  `
    mutation ProjectMoveOfMany($id: ID!, $input: ProjectMoveInput!) {
      projectMove(id: $id, input: $input) {
        project { id state stateReason ...ProjectEditable }
        userErrors { code message }
      }
    }
  `,
  [ProjectEditable],
);

/** Without the revision: what was drawn stays what a move is asked for, so that others' changes still refuse it. */
const HoldReasonQuery = graphql(`
  query ProjectHoldReason($id: ID!) {
    project(id: $id) { id stateReason }
  }
`);

const StateNowQuery = graphql(`
  query ProjectStateNow($id: ID!) {
    project(id: $id) { id revision state stateReason }
  }
`);

/** The moves that have an inverse: everything else in the life of a project is asked about one by one. */
export type Reversible = 'HOLD' | 'RESUME';
const stateAfter = { HOLD: 'ON_HOLD', RESUME: 'ACTIVE' } as const;
const inverse = { HOLD: 'RESUME', RESUME: 'HOLD' } as const;

type Move = { revision: number; move: Reversible; reason: string | null };

async function askedState(client: ApolloClient, id: string) {
  const { data } = await client.query({ query: StateNowQuery, variables: { id }, fetchPolicy: 'network-only' });
  return data?.project ?? null;
}

/** Why a project is on hold, which the undo of going on has to say again. */
async function askedReason(client: ApolloClient, id: string): Promise<string | null> {
  const { data } = await client.query({ query: HoldReasonQuery, variables: { id }, fetchPolicy: 'network-only' });
  return data?.project?.stateReason ?? null;
}

/**
 * Puts several projects on hold, or lets them go on, one act each: what is refused for one is done for the others, and
 * named. One undo takes back all that were done, but for those whose state somebody has changed since.
 */
export function useProjectsMove() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const offerUndo = useUndo();

  async function write(id: string, input: Move): Promise<string | null> {
    const { data } = await client.mutate({ mutation: MoveOfManyMutation, variables: { id, input } });
    const refusal = data?.projectMove.userErrors[0];
    if (!refusal) return null;
    return refusal.code === 'CONFLICT' ? t('projectEdit.conflict') : refusal.message;
  }

  /** Answers with those that were refused. `sentence` is told how many were done. */
  return async (
    projects: readonly Editable[],
    move: Reversible,
    reason: string | null,
    sentence: (count: number) => string,
  ): Promise<Refused[]> => {
    const done: { project: Editable; reason: string | null }[] = [];
    const refused: Refused[] = [];
    for (const project of projects) {
      try {
        const before = move === 'RESUME' ? await askedReason(client, project.id) : null;
        const { revision } = current(client, project.id) ?? project;
        const refusal = await write(project.id, { revision, move, reason });
        if (refusal === null) done.push({ project, reason: before });
        else refused.push({ id: project.id, name: project.account.name, reason: refusal });
      } catch (error) {
        const sentence = t(`comments.failure.${failureOf(error)}`);
        refused.push({ id: project.id, name: project.account.name, reason: sentence });
      }
    }

    async function takeBack({ id }: Editable, before: string | null): Promise<boolean> {
      const now = await askedState(client, id);
      // Held anew by somebody else, for their own reason, is theirs.
      const isOurs = now?.state === stateAfter[move] && (move === 'RESUME' || now.stateReason === reason);
      if (!now || !isOurs) return false;
      return (await write(id, { revision: now.revision, move: inverse[move], reason: before })) === null;
    }
    if (done.length > 0) {
      offerUndo(sentence(done.length), async () => {
        const kept: string[] = [];
        for (const { project, reason: before } of done) {
          if (!(await takeBack(project, before).catch(() => false))) kept.push(project.account.name);
        }
        return kept.length === 0 ? null : t('projectEdit.keptSince', { names: kept.join(', ') });
      });
    }
    return refused;
  };
}
