import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { InternalMark } from '../../components/Internal.tsx';
import { AfterEditor } from './AfterEditor.tsx';
import { DocumentationEditor, type Variable } from './DocumentationEditor.tsx';
import type { Problem, Road, Task } from './documents.ts';
import styles from './Editor.module.css';
import { EditorBar } from './EditorBar.tsx';
import { InputsEditor } from './InputsEditor.tsx';
import { Measured } from './Measured.tsx';
import { NumberField } from './NumberField.tsx';
import { Problems } from './Problems.tsx';
import { inputKinds, withType } from './road.ts';
import { Tick } from './Tick.tsx';
import { typedIn } from './typedIn.ts';
import { WhenEditor } from './WhenEditor.tsx';

const types = ['FILE', 'URL', 'FORM', 'CREDENTIALS', 'APPROVAL', 'MEETING', 'CHECK', 'WORK'] as const;
const sides = ['CLIENT', 'COMPANY', 'THIRD_PARTY'] as const;
const assignees = ['LEAD', 'PM'] as const;
const reviewers = ['PM', 'CONTRIBUTOR', 'MANAGER'] as const;
const prefix = 'so that ';

type Props = {
  templateId: string;
  task: Task;
  road: Road;
  problems: readonly Problem[];
  variables: readonly Variable[];
  company: string;
  /** `field` names what is typed in, so that its keys become one step back. */
  /** Changes of one field in a row are one step back; without a field it is a step of its own. */
  onChange: (change: Partial<Task>, field: string | null) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
};

/** A task of the road as a page to write on. */
export function TaskEditor(props: Props) {
  const { templateId, task, road, problems, variables, company, onChange, onMove, onRemove } = props;
  const { t } = useTranslation();
  const isInternal = task.visibility === 'INTERNAL';
  return (
    <article className={styles.page} data-internal={isInternal || undefined}>
      <EditorBar
        what="task"
        mark={isInternal ? <InternalMark company={company} /> : undefined}
        onMove={onMove}
        onRemove={onRemove}
      />
      <Problems problems={problems} />
      <div className={styles.fields}>
        <TextInput
          label={t('templates.task.title')}
          placeholder={t('templates.task.titlePlaceholder')}
          value={task.title}
          maxLength={120}
          onChange={(event) => onChange({ title: event.currentTarget.value }, 'title')}
        />
        <TextInput
          label={t('templates.task.purpose')}
          placeholder={t('templates.task.purposePlaceholder')}
          leftSection={
            <Text component="span" className={styles.soThat} inherit>
              {t('templates.task.soThat')}
            </Text>
          }
          leftSectionWidth="4.5rem"
          value={task.purpose.startsWith(prefix) ? task.purpose.slice(prefix.length) : task.purpose}
          maxLength={290}
          onChange={(event) => onChange({ purpose: prefix + event.currentTarget.value }, 'purpose')}
        />
        <div className={styles.facts}>
          <NativeSelect
            label={t('templates.task.type')}
            value={task.type}
            data={types.map((type) => ({ value: type, label: t(`names.taskType.${type}`) }))}
            onChange={(event) => {
              const type = types.find((each) => each === event.currentTarget.value) ?? task.type;
              onChange(
                withType(task, type, (kind) => t(`templates.inputs.defaultLabel.${kind}`)),
                'type',
              );
            }}
          />
          <NativeSelect
            label={t('templates.task.side')}
            value={task.side}
            data={sides.map((side) => ({ value: side, label: t(`names.side.${side}`, { company }) }))}
            onChange={(event) =>
              onChange({ side: sides.find((each) => each === event.currentTarget.value) ?? task.side }, 'side')
            }
          />
          <NativeSelect
            label={t('templates.task.assignee')}
            value={task.assignee ?? ''}
            data={[
              { value: '', label: t('templates.task.assigneeNobody') },
              ...assignees.map((one) => ({ value: one, label: t(`templates.task.assignee${one}`) })),
            ]}
            onChange={(event) =>
              onChange({ assignee: assignees.find((each) => each === event.currentTarget.value) ?? null }, 'assignee')
            }
          />
          {task.isReviewWanted && (
            <NativeSelect
              label={t('templates.task.reviewer')}
              value={task.reviewer ?? ''}
              data={[
                { value: '', label: t('templates.task.reviewerAnybody') },
                ...reviewers.map((one) => ({ value: one, label: t(`templates.task.reviewer${one}`) })),
              ]}
              onChange={(event) =>
                onChange({ reviewer: reviewers.find((each) => each === event.currentTarget.value) ?? null }, 'reviewer')
              }
            />
          )}
          <NumberField
            label={t('templates.task.minutes')}
            value={task.minutes}
            min={1}
            max={480}
            onChange={(minutes) => minutes !== null && onChange({ minutes }, 'minutes')}
          />
          <NumberField
            label={t('templates.task.due')}
            value={task.dueInBusinessDays}
            min={0}
            max={365}
            onChange={(days) => days !== null && onChange({ dueInBusinessDays: days }, 'due')}
          />
        </div>
        <Measured templateId={templateId} task={task} road={road} />
        <div className={styles.ticks}>
          <Tick isOn={task.isGate} onChange={(isGate) => onChange({ isGate }, 'isGate')}>
            {t('templates.task.gate')}
          </Tick>
          <Tick isOn={task.holdsPhases} onChange={(holdsPhases) => onChange({ holdsPhases }, 'holds')}>
            {t('templates.task.holds')}
          </Tick>
          <Tick
            isOn={task.isReviewWanted}
            onChange={(isOn) => onChange({ isReviewWanted: isOn, ...(isOn ? {} : { reviewer: null }) }, 'review')}
          >
            {t('templates.task.review')}
          </Tick>
          <Tick
            isOn={isInternal}
            onChange={(isOn) => onChange({ visibility: isOn ? 'INTERNAL' : 'SHARED' }, 'visibility')}
          >
            {t('templates.task.visibility')}
          </Tick>
        </div>
      </div>
      <AfterEditor task={task} road={road} onChange={(after) => onChange({ after }, 'after')} />
      <WhenEditor task={task} road={road} onChange={(when) => onChange({ when }, 'when')} />
      {task.type !== 'WORK' && (
        <InputsEditor
          inputs={task.inputs}
          kinds={task.type === 'CHECK' ? ['CHECK'] : inputKinds}
          road={road}
          ownKey={task.key}
          onChange={(inputs) => {
            const typed = typedIn(task.inputs, inputs);
            onChange({ inputs }, typed && `inputs${typed}`);
          }}
        />
      )}
      <DocumentationEditor
        text={task.documentation}
        variables={variables}
        onChange={(documentation) => onChange({ documentation }, 'documentation')}
      />
    </article>
  );
}
