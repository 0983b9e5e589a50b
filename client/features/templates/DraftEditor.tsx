import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Conflicts } from './Conflicts.tsx';
import type { Variable } from './DocumentationEditor.tsx';
import type { Phase, Problem, Road, Task } from './documents.ts';
import type { DraftState, DraftStore } from './draftStore.ts';
import { HeadEditor } from './HeadEditor.tsx';
import { type Chosen, Outline } from './Outline.tsx';
import { PhaseEditor } from './PhaseEditor.tsx';
import { HeadView, PhaseView, type VersionUsage } from './RoadView.tsx';
import {
  freshKey,
  taskOf,
  withNewPhase,
  withNewTask,
  withoutPhase,
  withoutTask,
  withPhase,
  withPhaseMoved,
  withTask,
  withTaskMoved,
} from './road.ts';
import { TaskEditor } from './TaskEditor.tsx';
import { TaskView } from './TaskView.tsx';
import styles from './Template.module.css';

type Common = {
  templateId: string;
  usage: readonly VersionUsage[];
  chosen: Chosen | null;
  onChoose: (chosen: Chosen | null) => void;
  variables: readonly Variable[];
  company: string;
};

type EditorProps = Common & {
  store: DraftStore;
  state: DraftState;
  problems: readonly Problem[];
  onStartAgain: () => void;
};

/** A draft: the road at the left, what is chosen of it at the right, to write in. */
export function DraftEditor({
  store,
  state,
  problems,
  chosen,
  onChoose,
  variables,
  company,
  onStartAgain,
  templateId,
  usage,
}: EditorProps) {
  const { t } = useTranslation();
  const { road } = state;
  const addTask = (phaseKey: string) => {
    const key = freshKey('task');
    store.change((of) => withNewTask(of, phaseKey, key));
    onChoose({ kind: 'task', key });
  };
  const addPhase = () => {
    const key = freshKey('phase');
    store.change((of) => withNewPhase(of, key));
    onChoose({ kind: 'phase', key });
  };
  const changeTask = (key: string) => (change: Partial<Task>, field: string | null) =>
    store.change((of) => withTask(of, key, change), field && `${key}.${field}`);
  const changePhase = (key: string) => (change: Partial<Phase>, field: string) =>
    store.change((of) => withPhase(of, key, change), `${key}.${field}`);
  const changeHead = (change: Partial<Road>, field: string) =>
    store.change((of) => ({ ...of, ...change }), `head.${field}`);

  const task = chosen?.kind === 'task' ? taskOf(road, chosen.key) : undefined;
  const phase = chosen?.kind === 'phase' ? road.phases.find((each) => each.key === chosen.key) : undefined;
  return (
    <>
      <div className={styles.notices}>
        {(state.status === 'offline' || state.status === 'refused') && (
          <p className={styles.notice} data-tone={state.status === 'refused' ? 'bad' : 'care'} role="alert">
            {t(`templates.status.${state.status}`, { reason: state.reason ?? '' })}
          </p>
        )}
        {state.status === 'gone' && (
          <div className={styles.notice} data-tone="care" role="alert">
            <p>{t('templates.status.gone')}</p>
            <Button variant="default" size="xs" onClick={onStartAgain}>
              {t('templates.status.startAgain')}
            </Button>
          </div>
        )}
        <Conflicts store={store} conflicts={state.conflicts} road={road} />
      </div>
      <Columns
        chosen={chosen}
        onChoose={onChoose}
        outline={
          <Outline
            road={road}
            chosen={chosen}
            problems={problems}
            onChoose={onChoose}
            edits={{
              onAddTask: addTask,
              onAddPhase: addPhase,
              onMoveTask: (key, step) => store.change((of) => withTaskMoved(of, key, step)),
              onMovePhase: (key, step) => store.change((of) => withPhaseMoved(of, key, step)),
            }}
          />
        }
      >
        {task && (
          <TaskEditor
            key={task.key}
            templateId={templateId}
            task={task}
            road={road}
            problems={problems.filter((one) => one.taskKey === task.key)}
            variables={variables}
            company={company}
            onChange={changeTask(task.key)}
            onMove={(step) => store.change((of) => withTaskMoved(of, task.key, step))}
            onRemove={() => {
              store.change((of) => withoutTask(of, task.key));
              onChoose(null);
            }}
          />
        )}
        {phase && (
          <PhaseEditor
            key={phase.key}
            phase={phase}
            problems={problems.filter((one) => one.phaseKey === phase.key && one.taskKey === null)}
            onChange={changePhase(phase.key)}
            onMove={(step) => store.change((of) => withPhaseMoved(of, phase.key, step))}
            onRemove={() => {
              store.change((of) => withoutPhase(of, phase.key));
              onChoose(null);
            }}
          />
        )}
        {chosen?.kind === 'head' && (
          <HeadEditor
            road={road}
            problems={problems.filter((one) => one.phaseKey === null && one.taskKey === null)}
            onChange={changeHead}
            usage={usage}
          />
        )}
        {!task && !phase && chosen?.kind !== 'head' && <p className={styles.choose}>{t('templates.screen.choose')}</p>}
      </Columns>
    </>
  );
}

/** A version that nobody edits, laid out as the editor is. */
export function RoadReader({ templateId, usage, road, chosen, onChoose, variables, company }: Common & { road: Road }) {
  const { t } = useTranslation();
  const task = chosen?.kind === 'task' ? taskOf(road, chosen.key) : undefined;
  const phase = chosen?.kind === 'phase' ? road.phases.find((each) => each.key === chosen.key) : undefined;
  return (
    <Columns
      chosen={chosen}
      onChoose={onChoose}
      outline={<Outline road={road} chosen={chosen} onChoose={onChoose} edits={null} />}
    >
      {task && (
        <TaskView
          key={task.key}
          templateId={templateId}
          task={task}
          road={road}
          variables={variables}
          company={company}
        />
      )}
      {phase && <PhaseView phase={phase} />}
      {chosen?.kind === 'head' && <HeadView road={road} usage={usage} />}
      {!task && !phase && chosen?.kind !== 'head' && <p className={styles.choose}>{t('templates.screen.choose')}</p>}
    </Columns>
  );
}

type ColumnsProps = Pick<Common, 'chosen' | 'onChoose'> & { outline: ReactNode; children: ReactNode };

/** Two columns; on a narrow page either the road or what is chosen of it. */
function Columns({ chosen, onChoose, outline, children }: ColumnsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.columns} data-open={chosen !== null || undefined}>
      <div className={styles.road}>{outline}</div>
      <div className={styles.document}>
        <Button
          className={styles.back}
          variant="default"
          size="xs"
          leftSection={<IconArrowLeft size={16} stroke={1.5} aria-hidden />}
          onClick={() => onChoose(null)}
        >
          {t('templates.screen.backToRoad')}
        </Button>
        {children}
      </div>
    </div>
  );
}
