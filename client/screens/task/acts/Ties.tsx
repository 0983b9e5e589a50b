import { useApolloClient } from '@apollo/client/react';
import { Button, Popover, TextInput } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { StateBadge, type TaskState } from '../../../components/StateBadge.tsx';
import { LazyConsequence } from '../../../features/plan/LazyConsequence.tsx';
import styles from './Acts.module.css';
import { type ActedTask, dependencyAddMutation } from './documents.ts';
import { LazyTaskPlan, LazyTieEditor } from './plan/LazyPlan.tsx';
import { useTaskAct } from './useTaskAct.ts';

type Tied = { id: string; title: string; state: TaskState; visibility: string };
type Props = {
  task: ActedTask;
  /** The tasks of the project, to tie this one to. */
  road: readonly { id: string; title: string }[];
  /** Its project was closed or cancelled. */
  isEnded: boolean;
};

const mostFound = 8;

/** What comes before this task and what after; planners tie and untie here. */
export function Ties({ task, road, isEnded }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const canEdit = task.viewerCan.edit;
  if (!canEdit && task.predecessors.length + task.successors.length === 0) return null;
  const input = (predecessorId: string) => ({
    variables: { id: task.id, input: { revision: task.revision, predecessorId } },
  });
  const add = (id: string) => run(() => client.mutate({ mutation: dependencyAddMutation, ...input(id) }));
  return (
    <section className={styles.ties} aria-label={t('taskActs.ties.label')}>
      {(canEdit || task.predecessors.length > 0) && (
        <div>
          <h2>{t('taskActs.ties.before')}</h2>
          <TiedList tasks={task.predecessors} isEnded={isEnded} editedOf={canEdit ? task : null} />
          {canEdit && (
            <AddTie
              tasks={road.filter((one) => one.id !== task.id && !task.predecessors.some((tied) => tied.id === one.id))}
              task={task}
              isBusy={isBusy}
              onAdd={add}
            />
          )}
          {refusal && <FieldError>{refusal}</FieldError>}
        </div>
      )}
      {task.successors.length > 0 && (
        <div>
          <h2>{t('taskActs.ties.after')}</h2>
          <TiedList tasks={task.successors} isEnded={isEnded} editedOf={null} />
        </div>
      )}
      {!isEnded && <LazyTaskPlan task={task} />}
    </section>
  );
}

type ListProps = {
  tasks: readonly Tied[];
  isEnded: boolean;
  /** The task that waits for these, where the viewer may change how; else null. */
  editedOf: ActedTask | null;
};

function TiedList({ tasks, isEnded, editedOf }: ListProps) {
  const { t } = useTranslation();
  return (
    <ul className={styles.tied}>
      {tasks.map((one) => (
        <li key={one.id} className={styles.tie}>
          <Link to="/tasks/$taskId" params={{ taskId: one.id }}>
            {one.title}
          </Link>
          {one.visibility === 'INTERNAL' && (
            <IconLock
              className={styles.lock}
              size={16}
              stroke={1.75}
              role="img"
              aria-label={t('names.visibility.INTERNAL')}
            />
          )}
          <StateBadge state={one.state} isFramed={false} isEnded={isEnded} />
          {editedOf && (
            <span className={styles.rule}>
              <LazyTieEditor task={editedOf} before={one} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

type AddProps = {
  task: ActedTask;
  tasks: readonly { id: string; title: string }[];
  isBusy: boolean;
  onAdd: (id: string) => Promise<unknown>;
};

/** Finds a task of the project by words of its title. */
function AddTie({ task, tasks, isBusy, onAdd }: AddProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState('');
  /** The task under the pointer or the focus, which would come before. */
  const [looked, setLooked] = useState<string | null>(null);
  const wanted = words.trim().toLocaleLowerCase();
  const found = tasks.filter((one) => one.title.toLocaleLowerCase().includes(wanted)).slice(0, mostFound);
  const handleAdd = async (id: string) => {
    setOpen(false);
    setWords('');
    setLooked(null);
    await onAdd(id);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" withinPortal={false} trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          loading={isBusy}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          {t('taskActs.ties.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('taskActs.ties.add')}>
        <div className={styles.search}>
          <TextInput
            size="xs"
            label={t('taskActs.ties.search')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [first] = found;
              if (event.key === 'Enter' && first) void handleAdd(first.id);
            }}
          />
          <ul className={styles.found}>
            {found.map((one) => (
              <li key={one.id} className={styles.quick}>
                <button
                  type="button"
                  className={styles.pick}
                  onFocus={() => setLooked(one.id)}
                  onMouseEnter={() => setLooked(one.id)}
                  onClick={() => void handleAdd(one.id)}
                >
                  {one.title}
                </button>
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className={styles.hint}>{t('taskActs.ties.none')}</p>}
          <LazyConsequence
            projectId={task.project.id}
            change={looked === null ? null : { taskId: task.id, link: { predecessorId: looked } }}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
