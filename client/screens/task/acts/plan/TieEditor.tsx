import { useApolloClient } from '@apollo/client/react';
import { NativeSelect, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyConsequence } from '../../../../features/plan/LazyConsequence.tsx';
import { type ActedTask, dependencyAddMutation, dependencyRemoveMutation } from '../documents.ts';
import { EditPopover } from './EditPopover.tsx';
import { useTaskEdit } from './useTaskEdit.ts';

const kinds = ['FINISH_TO_START', 'START_TO_START', 'FINISH_TO_FINISH', 'START_TO_FINISH'] as const;
type Rule = { kind: (typeof kinds)[number]; lagDays: number };
const mostLag = 200;
const lagIn = (text: string) => (/^-?\d{1,3}$/.test(text.trim()) ? Number(text) : null);

type Props = { task: ActedTask; before: { id: string; title: string } };

/** How a task waits for another: what of the one holds what of the other, and how long; or that it waits no longer. */
export function TieEditor({ task, before }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const read = ({ links }: ActedTask): Rule | null => {
    const link = links.find(({ predecessor }) => predecessor?.id === before.id);
    return link ? { kind: link.kind, lagDays: link.lagDays } : null;
  };
  const rule = read(task);
  const [kind, setKind] = useState<Rule['kind']>('FINISH_TO_START');
  const [lag, setLag] = useState('0');
  const [isUntying, setUntying] = useState(false);
  const say = (value: Rule | null) =>
    value === null ? t('plan.edit.untied', { title: before.title }) : ruleWords(t, value);
  const { isBusy, refusal, save, forget } = useTaskEdit<Rule | null>({
    task,
    read,
    send: (revision, value) => {
      const named = { revision, predecessorId: before.id };
      return value === null
        ? client.mutate({ mutation: dependencyRemoveMutation, variables: { id: task.id, input: named } })
        : client.mutate({ mutation: dependencyAddMutation, variables: { id: task.id, input: { ...named, ...value } } });
    },
    say,
    done: (value) => (value === null ? t('plan.edit.untied', { title: before.title }) : t('plan.edit.tied')),
  });
  if (rule === null) return null;
  const lagDays = lagIn(lag);
  const isGood = lagDays !== null && Math.abs(lagDays) <= mostLag;
  const isOther = isGood && (kind !== rule.kind || lagDays !== rule.lagDays);
  const changed = isUntying
    ? { predecessorId: before.id, isRemoved: true }
    : isOther
      ? { predecessorId: before.id, kind, lagDays }
      : null;
  return (
    <EditPopover
      label={t('plan.edit.rule', { title: before.title })}
      words={ruleWords(t, rule)}
      isBusy={isBusy}
      refusal={refusal}
      isDisabled={!isGood}
      onOpen={() => {
        forget();
        setKind(rule.kind);
        setLag(String(rule.lagDays));
        setUntying(false);
      }}
      onSave={async () => isGood && save({ kind, lagDays })}
      aside={{ words: t('plan.edit.untie'), onPress: () => save(null), onLook: setUntying }}
      preview={<LazyConsequence projectId={task.project.id} change={changed && { taskId: task.id, link: changed }} />}
    >
      <NativeSelect
        size="xs"
        label={t('plan.edit.kind')}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`plan.edit.${value}`) }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setKind(kinds.find((one) => one === value) ?? 'FINISH_TO_START');
        }}
      />
      <TextInput
        type="number"
        size="xs"
        min={-mostLag}
        max={mostLag}
        label={t('plan.edit.lag')}
        description={t('plan.edit.lagHint')}
        value={lag}
        onChange={(event) => setLag(event.currentTarget.value)}
      />
    </EditPopover>
  );
}

function ruleWords(t: TFunction, { kind, lagDays }: Rule): string {
  const rule = t(`plan.edit.rule_${kind}`);
  if (lagDays === 0) return rule;
  return lagDays > 0
    ? t('plan.edit.lagMore', { rule, count: lagDays })
    : t('plan.edit.lagLess', { rule, count: -lagDays });
}
