import { useMutation } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { type EnumOf, type FragmentOf, graphql, readFragment } from '../../api/graphql.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { FieldError } from '../../components/Notice.tsx';
import styles from './Moves.module.css';
import { ProjectMoves } from './projectMoves.ts';

export { addEditingWords } from '../../words/editing.ts';

type Move = EnumOf<'ProjectMove'>;

const MoveMutation = graphql(
  `
    mutation ProjectMove($id: ID!, $input: ProjectMoveInput!) {
      projectMove(id: $id, input: $input) {
        project { id ...ProjectMoves }
        openGates { id title }
        userErrors { code message }
      }
    }
  `,
  [ProjectMoves],
);

/** The step that a state is waiting for: it gets the button, the others stand in the menu. */
const mainMoves: readonly Move[] = ['ACTIVATE', 'RESUME'];
const withReason: readonly Move[] = ['HOLD', 'CANCEL'];

type Props = { project: FragmentOf<typeof ProjectMoves> };

/** The steps in the life of a project, each asked about once in plain words before it is taken. */
export function Moves({ project: masked }: Props) {
  const { t } = useTranslation();
  const project = readFragment(ProjectMoves, masked);
  const [asked, setAsked] = useState<Move | null>(null);
  const { moves } = project.viewerCan;
  if (moves.length === 0 && asked === null) return null;
  const main = moves.find((move) => mainMoves.includes(move));
  const others = moves.filter((move) => move !== main);
  return (
    <>
      {main && <Button onClick={() => setAsked(main)}>{t(`projectState.move.${main}`)}</Button>}
      {others.length > 0 && (
        <Menu withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} stroke={1.5} aria-hidden="true" />}>
              {t('projectState.move.title')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((move) => (
              <Menu.Item key={move} color={move === 'CANCEL' ? 'bad' : undefined} onClick={() => setAsked(move)}>
                {t(`projectState.move.${move}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asked && (
        <Dialog title={t(`projectState.move.${asked}`)} onClose={() => setAsked(null)}>
          <Question key={asked} project={masked} move={asked} onDone={() => setAsked(null)} />
        </Dialog>
      )}
    </>
  );
}

type QuestionProps = Props & { move: Move; onDone: () => void };

function Question({ project: masked, move, onDone }: QuestionProps) {
  const { t } = useTranslation();
  const id = useId();
  const project = readFragment(ProjectMoves, masked);
  const [send, { loading }] = useMutation(MoveMutation);
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [gates, setGates] = useState<readonly { id: string; title: string }[]>([]);
  const isReasonWanted = withReason.includes(move);

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    if (isReasonWanted && reason.trim() === '') return setFailure(t('projectState.reasonMissing'));
    try {
      const input = { revision: project.revision, move, reason: isReasonWanted ? reason : null };
      const { data } = await send({ variables: { id: project.id, input } });
      const refusal = data?.projectMove.userErrors[0];
      setGates(data?.projectMove.openGates ?? []);
      if (!refusal) onDone();
      else if (refusal.code === 'CONFLICT') setFailure(t('projectEdit.conflict'));
      else setFailure(refusal.code === 'GATES_OPEN' ? t('projectState.gatesOpen') : refusal.message);
    } catch (error) {
      setFailure(t(`comments.failure.${failureOf(error)}`));
    }
  };
  return (
    <form onSubmit={handleSubmit} className={styles.question}>
      <p>{t(`projectState.ask.${move}`, { account: project.account.name })}</p>
      {isReasonWanted && (
        <div className={styles.reason}>
          <label htmlFor={id}>{t('projectState.reasonLabel')}</label>
          <textarea
            id={id}
            className={styles.text}
            rows={3}
            maxLength={500}
            value={reason}
            aria-invalid={failure !== null}
            aria-describedby={failure === null ? undefined : `${id}-error`}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
      )}
      {failure !== null && (
        <div>
          <FieldError id={`${id}-error`}>{failure}</FieldError>
          <ul className={styles.gates}>
            {gates.map((gate) => (
              <li key={gate.id}>
                <Link to="/tasks/$taskId" params={{ taskId: gate.id }}>
                  {gate.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={styles.buttons}>
        <Button type="submit" loading={loading} color={move === 'CANCEL' ? 'bad' : undefined}>
          {t(`projectState.do.${move}`)}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
