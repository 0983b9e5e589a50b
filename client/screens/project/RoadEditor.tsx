import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { graphql, readFragment } from '../../api/graphql.ts';
import { InlineText } from '../../components/InlineEdit.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import { projectEditable } from './editable.ts';
import type { ProjectShown } from './ProjectScreen.tsx';
import { RoadPhase } from './Road.tsx';
import styles from './RoadEditor.module.css';

const RoadOf = graphql(
  `
  fragment RoadOf on Project {
    id
    revision
    phases { id ...RoadPhase }
  }
`,
  [RoadPhase],
);
const PhaseEditMutation = graphql(
  `mutation PhaseEdit($id: ID!, $input: PhaseEditInput!) {
    phaseEdit(id: $id, input: $input) { project { ...RoadOf } userErrors { code message } }
  }`,
  [RoadOf],
);
const PhaseMoveMutation = graphql(
  `mutation PhaseMove($id: ID!, $input: PhaseMoveInput!) {
    phaseMove(id: $id, input: $input) { project { ...RoadOf } userErrors { code message } }
  }`,
  [RoadOf],
);
const PhaseRemoveMutation = graphql(
  `mutation PhaseRemove($id: ID!, $input: PhaseRemoveInput!) {
    phaseRemove(id: $id, input: $input) { project { ...RoadOf } userErrors { code message } }
  }`,
  [RoadOf],
);
const PhaseAddMutation = graphql(
  `mutation PhaseAdd($input: PhaseAddInput!) {
    phaseAdd(input: $input) { project { ...RoadOf } userErrors { code message } }
  }`,
  [RoadOf],
);

export { addEditingWords } from '../../words/editing.ts';

type Refusal = { code: string; message: string } | undefined;
type Props = { project: ProjectShown; onChanged: () => void; onDone: () => void };

/** The stretches of the road one under the other: renamed, moved, added, and taken away while they are empty. */
export function RoadEditor({ project, onChanged, onDone }: Props) {
  const { t } = useTranslation();
  const { revision } = readFragment(projectEditable, project);
  const phases = readFragment(RoadPhase, project.phases);
  const offerUndo = useUndo();
  const [failure, setFailure] = useState<string | null>(null);
  const [edit] = useMutation(PhaseEditMutation);
  const [move] = useMutation(PhaseMoveMutation);
  const [remove] = useMutation(PhaseRemoveMutation);
  const [add, { loading: isAdding }] = useMutation(PhaseAddMutation);

  const sent = async (send: () => Promise<Refusal>): Promise<string | null> => {
    try {
      const refusal = await send();
      onChanged();
      if (!refusal) return null;
      return refusal.code === 'CONFLICT' ? t('projectEdit.conflict') : refusal.message;
    } catch (error) {
      return t(`comments.failure.${failureOf(error)}`);
    }
  };
  const write = (id: string, changes: { name?: string; milestone?: string }, at = revision) =>
    sent(
      async () =>
        (await edit({ variables: { id, input: { revision: at, ...changes } } })).data?.phaseEdit.userErrors[0],
    );
  const save = async (id: string, field: 'name' | 'milestone', value: string, before: string) => {
    const refusal = await write(id, { [field]: value });
    if (refusal === null) {
      offerUndo(
        t('projectEdit.done.phase'),
        () => write(id, { [field]: before }, revision + 1),
        `phase ${id} ${field}`,
      );
    }
    return refusal;
  };
  const handleMove = async (id: string, isUp: boolean) =>
    setFailure(
      await sent(
        async () => (await move({ variables: { id, input: { revision, isUp } } })).data?.phaseMove.userErrors[0],
      ),
    );
  const handleRemove = async (id: string) =>
    setFailure(
      await sent(
        async () => (await remove({ variables: { id, input: { revision } } })).data?.phaseRemove.userErrors[0],
      ),
    );
  const handleAdd = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const [name, milestone] = [String(given.get('name') ?? ''), String(given.get('milestone') ?? '')];
    if (name.trim() === '' || milestone.trim() === '') return setFailure(t('project.road.addMissing'));
    const input = { idempotencyKey: crypto.randomUUID(), projectId: project.id, revision, name, milestone };
    const refusal = await sent(async () => (await add({ variables: { input } })).data?.phaseAdd.userErrors[0]);
    setFailure(refusal);
    if (refusal === null) form.reset();
  };

  return (
    <section className={styles.editor} aria-labelledby="road-editor-title">
      <header className={styles.head}>
        <h2 id="road-editor-title" className={styles.title}>
          {t('project.road.editTitle')}
        </h2>
        <Button variant="default" onClick={onDone}>
          {t('project.road.editDone')}
        </Button>
      </header>
      {failure !== null && <FieldError>{failure}</FieldError>}
      <ol className={styles.phases}>
        {phases.map((phase, at) => (
          <li key={phase.id} className={styles.phase}>
            <div className={styles.words}>
              <strong>
                <InlineText
                  label={t('project.road.nameOf', { number: at + 1 })}
                  value={phase.name}
                  maxLength={80}
                  onSave={(value) => save(phase.id, 'name', value, phase.name)}
                />
              </strong>
              <span className={styles.milestone}>
                <InlineText
                  label={t('project.road.milestoneOf', { number: at + 1 })}
                  value={phase.milestone}
                  maxLength={200}
                  onSave={(value) => save(phase.id, 'milestone', value, phase.milestone)}
                />
              </span>
            </div>
            <div className={styles.actions}>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === 0}
                aria-label={t('project.road.up', { name: phase.name })}
                onClick={() => handleMove(phase.id, true)}
              >
                <IconArrowUp size={16} stroke={1.5} aria-hidden="true" />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === phases.length - 1}
                aria-label={t('project.road.down', { name: phase.name })}
                onClick={() => handleMove(phase.id, false)}
              >
                <IconArrowDown size={16} stroke={1.5} aria-hidden="true" />
              </ActionIcon>
              {phase.progress.total === 0 && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('project.road.remove', { name: phase.name })}
                  onClick={() => handleRemove(phase.id)}
                >
                  <IconTrash size={16} stroke={1.5} aria-hidden="true" />
                </ActionIcon>
              )}
            </div>
          </li>
        ))}
      </ol>
      <form className={styles.add} onSubmit={handleAdd}>
        <label className={styles.label}>
          {t('project.road.addName')}
          <input name="name" className={styles.field} maxLength={80} />
        </label>
        <label className={styles.label}>
          {t('project.road.addMilestone')}
          <input name="milestone" className={styles.field} maxLength={200} />
        </label>
        <Button type="submit" variant="default" loading={isAdding}>
          {t('project.road.add')}
        </Button>
      </form>
    </section>
  );
}
