import { useApolloClient } from '@apollo/client/react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../../components/now.ts';
import { LazyConsequence } from '../../../../features/plan/LazyConsequence.tsx';
import { dayWords, todayOf } from '../../../../words/format.ts';
import { type ActedTask, editMutation } from '../documents.ts';
import { EditPopover } from './EditPopover.tsx';
import { useTaskEdit } from './useTaskEdit.ts';

type Pin = { edge: 'START' | 'FINISH'; on: string } | null;
const edges = ['START', 'FINISH'] as const;
const pinOf = ({ pin }: ActedTask): Pin => pin && { edge: pin.edge, on: pin.on };
const isSame = (a: Pin, b: Pin) => a?.edge === b?.edge && a?.on === b?.on;

/** The day on which a planner holds the start or the finish of a task in the plan; letting it go frees it. */
export function PinEditor({ task }: { task: ActedTask }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const today = todayOf(useNow());
  const pin = pinOf(task);
  const [edge, setEdge] = useState<NonNullable<Pin>['edge']>('START');
  const [on, setOn] = useState('');
  const [isFreeing, setFreeing] = useState(false);
  const say = (value: Pin) =>
    value === null ? t('plan.edit.free') : t(`plan.edit.held_${value.edge}`, { day: dayWords(value.on, today) });
  const { isBusy, refusal, save, forget } = useTaskEdit<Pin>({
    task,
    read: pinOf,
    send: (revision, value) =>
      client.mutate({ mutation: editMutation, variables: { id: task.id, input: { revision, pin: value } } }),
    say,
    done: (value) =>
      value === null ? t('plan.edit.letGoDone') : t('plan.edit.pinDone', { day: dayWords(value.on, today) }),
  });
  const wanted: Pin = on === '' ? pin : { edge, on };
  const thought = isFreeing ? null : wanted;
  return (
    <EditPopover
      label={t('plan.edit.pinLabel')}
      words={say(pin)}
      isBusy={isBusy}
      refusal={refusal}
      isDisabled={on === ''}
      onOpen={() => {
        forget();
        setEdge(pin?.edge ?? 'START');
        setOn(pin?.on ?? '');
        setFreeing(false);
      }}
      onSave={() => save(wanted)}
      aside={pin && { words: t('plan.edit.letGo'), onPress: () => save(null), onLook: setFreeing }}
      preview={
        <LazyConsequence
          projectId={task.project.id}
          change={isSame(thought, pin) ? null : { taskId: task.id, pin: { pin: thought } }}
        />
      }
    >
      <NativeSelect
        size="xs"
        label={t('plan.edit.pinEdge')}
        value={edge}
        data={edges.map((value) => ({ value, label: t(`plan.edit.${value}`) }))}
        onChange={(event) => setEdge(event.currentTarget.value === 'START' ? 'START' : 'FINISH')}
      />
      <TextInput
        type="date"
        size="xs"
        label={t('plan.edit.pinDay')}
        value={on}
        onChange={(event) => setOn(event.currentTarget.value)}
      />
    </EditPopover>
  );
}
