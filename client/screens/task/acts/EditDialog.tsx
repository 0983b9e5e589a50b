import { useApolloClient } from '@apollo/client/react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import styles from './Acts.module.css';
import { type ActedTask, editMutation } from './documents.ts';
import type { Side } from './ReasonDialog.tsx';
import { useTaskAct } from './useTaskAct.ts';

type Props = {
  task: ActedTask;
  account: string;
  company: string;
  phases: readonly { id: string; name: string }[];
  onClose: () => void;
};

/** What is written of a task, to be changed. What another changed meanwhile is not written over. */
export function EditDialog({ task, account, company, phases, onClose }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  // As it was when the dialog opened: the revision goes with these values and with no later ones.
  const [first] = useState(() => task);
  const [title, setTitle] = useState(first.title);
  const [purpose, setPurpose] = useState(first.purpose);
  const [minutes, setMinutes] = useState(String(first.minutes));
  const [side, setSide] = useState<Side>(first.side);
  const [phaseId, setPhaseId] = useState(first.phase.id);
  const [startsOn, setStartsOn] = useState(first.startsOn ?? '');
  const [isGate, setGate] = useState(first.isGate);
  const [isReviewWanted, setReviewWanted] = useState(first.isReviewWanted);
  const [documentation, setDocumentation] = useState(first.documentationSource ?? '');
  const [isTitleMissing, setTitleMissing] = useState(false);

  const handleSubmit = async () => {
    if (title.trim() === '') return setTitleMissing(true);
    const input = {
      revision: first.revision,
      title,
      purpose,
      minutes: Number.parseInt(minutes, 10) || 0,
      side,
      phaseId,
      startsOn: startsOn === '' ? null : startsOn,
      isGate,
      isReviewWanted,
      documentation,
    };
    const done = await run(() => client.mutate({ mutation: editMutation, variables: { id: task.id, input } }));
    if (done) onClose();
  };
  return (
    <Dialog title={t('taskActs.edit.title')} onClose={onClose}>
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={isBusy}>
              {t('common.save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('taskActs.edit.name')}
          maxLength={200}
          value={title}
          error={isTitleMissing ? t('taskActs.edit.nameMissing') : undefined}
          onChange={(event) => {
            setTitle(event.currentTarget.value);
            setTitleMissing(false);
          }}
        />
        <TextInput
          label={t('taskActs.edit.purpose')}
          description={t('taskActs.edit.purposeHint')}
          maxLength={500}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <div className={styles.pair}>
          <NativeSelect
            label={t('taskActs.edit.side')}
            value={side}
            onChange={(event) => setSide(event.currentTarget.value as Side)}
            data={[
              { value: 'CLIENT', label: account },
              { value: 'COMPANY', label: company },
              { value: 'THIRD_PARTY', label: t('names.side.THIRD_PARTY') },
            ]}
          />
          <NativeSelect
            label={t('taskActs.edit.phase')}
            value={phaseId}
            onChange={(event) => setPhaseId(event.currentTarget.value)}
            data={phases.map((phase) => ({ value: phase.id, label: phase.name }))}
          />
          <TextInput
            type="date"
            label={t('taskActs.edit.startsOn')}
            description={t('taskActs.edit.startsOnHint')}
            value={startsOn}
            onChange={(event) => setStartsOn(event.currentTarget.value)}
          />
          <TextInput
            type="number"
            min={1}
            label={t('taskActs.edit.minutes')}
            description={t('taskActs.edit.minutesHint')}
            value={minutes}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
        </div>
        <Check label={t('taskActs.edit.review')} isOn={isReviewWanted} onChange={setReviewWanted} />
        <Check label={t('taskActs.edit.gate')} isOn={isGate} onChange={setGate} />
        <Textarea
          label={t('taskActs.edit.documentation')}
          description={t('taskActs.edit.documentationHint')}
          autosize
          minRows={6}
          maxRows={16}
          value={documentation}
          onChange={(event) => setDocumentation(event.currentTarget.value)}
        />
        {refusal && <FieldError>{refusal}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}

type CheckProps = { label: string; isOn: boolean; onChange: (isOn: boolean) => void };

function Check({ label, isOn, onChange }: CheckProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
