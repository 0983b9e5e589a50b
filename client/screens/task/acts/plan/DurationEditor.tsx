import { useApolloClient } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyConsequence } from '../../../../features/plan/LazyConsequence.tsx';
import { type ActedTask, editMutation } from '../documents.ts';
import { EditPopover } from './EditPopover.tsx';
import { useTaskEdit } from './useTaskEdit.ts';

const mostDays = 400;
const daysIn = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : null);

/** How many working days a task takes. */
export function DurationEditor({ task }: { task: ActedTask }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [text, setText] = useState('');
  const { isBusy, refusal, save, forget } = useTaskEdit({
    task,
    read: ({ durationDays }) => durationDays,
    send: (revision, durationDays) =>
      client.mutate({ mutation: editMutation, variables: { id: task.id, input: { revision, durationDays } } }),
    say: (days) => durationWords(t, days),
    done: (count) => t('plan.edit.durationDone', { count }),
  });
  const days = daysIn(text);
  const isGood = days !== null && days <= mostDays;
  return (
    <EditPopover
      label={t('plan.edit.durationLabel')}
      words={durationWords(t, task.durationDays)}
      isBusy={isBusy}
      refusal={refusal}
      isDisabled={!isGood}
      onOpen={() => {
        forget();
        setText(String(task.durationDays));
      }}
      onSave={async () => isGood && save(days)}
      preview={
        <LazyConsequence
          projectId={task.project.id}
          change={isGood && days !== task.durationDays ? { taskId: task.id, durationDays: days } : null}
        />
      }
    >
      <TextInput
        type="number"
        size="xs"
        min={0}
        max={mostDays}
        label={t('plan.edit.durationLabel')}
        description={t('plan.edit.durationHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </EditPopover>
  );
}

function durationWords(t: TFunction, count: number): string {
  return count === 0 ? t('plan.edit.durationZero') : t('plan.edit.duration', { count });
}
