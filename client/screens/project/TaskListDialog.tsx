import { useMutation } from '@apollo/client/react';
import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { type EnumOf, graphql } from '../../api/graphql.ts';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { InternalMark } from '../../components/Internal.tsx';
import { FieldError } from '../../components/Notice.tsx';
import styles from './TaskList.module.css';

const createMutation = graphql(`
  mutation TaskCreate($input: TaskCreateInput!) {
    taskCreate(input: $input) { task { id } userErrors { code field message } }
  }
`);

const types = ['FILE', 'URL', 'FORM', 'CREDENTIALS', 'APPROVAL', 'MEETING', 'DNS', 'CHECK', 'WORK'] as const;
type Side = EnumOf<'Side'>;
type Visibility = EnumOf<'Visibility'>;
type Props = {
  phases: readonly { id: string; name: string }[];
  /** The phase that is chosen at first: where the project stands. */
  first: string;
  account: string;
  company: string;
  onClose: () => void;
};

/** What is to do, for whom, where on the road, and who may know of it. */
export function TaskListDialog({ phases, first, account, company, onClose }: Props) {
  const { t } = useTranslation();
  const [create, { loading }] = useMutation(createMutation);
  // One key for as long as the dialog is open: a second press after a lost answer adds no second task.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [title, setTitle] = useState('');
  const [type, setType] = useState<(typeof types)[number]>('WORK');
  const [phaseId, setPhaseId] = useState(first);
  const [side, setSide] = useState<Side>('CLIENT');
  const [visibility, setVisibility] = useState<Visibility>('SHARED');
  const [dueOn, setDueOn] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const visibilityId = useId();

  const handleSubmit = async () => {
    if (title.trim() === '') return setMissing(true);
    setProblem(null);
    const input = { phaseId, title, type, side, visibility, idempotencyKey, dueOn: dueOn === '' ? null : dueOn };
    try {
      const { data } = await create({ variables: { input } });
      const refusal = data?.taskCreate.userErrors[0];
      if (refusal) setProblem(refusal.message);
      else onClose();
    } catch (error) {
      setProblem(t(`taskActs.trouble.${failureOf(error)}`));
    }
  };
  return (
    <Dialog title={t('taskActs.create.title')} onClose={onClose}>
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={loading}>
              {t('taskActs.create.submit')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('taskActs.create.name')}
          maxLength={200}
          value={title}
          error={isMissing ? t('taskActs.edit.nameMissing') : undefined}
          onChange={(event) => {
            setTitle(event.currentTarget.value);
            setMissing(false);
          }}
        />
        <div className={styles.pair}>
          <NativeSelect
            label={t('taskActs.create.type')}
            value={type}
            onChange={(event) => setType(types.find((one) => one === event.currentTarget.value) ?? 'WORK')}
            data={types.map((one) => ({ value: one, label: t(`names.taskType.${one}`) }))}
          />
          <NativeSelect
            label={t('taskActs.create.phase')}
            value={phaseId}
            onChange={(event) => setPhaseId(event.currentTarget.value)}
            data={phases.map((phase) => ({ value: phase.id, label: phase.name }))}
          />
          <NativeSelect
            label={t('taskActs.create.side')}
            value={side}
            onChange={(event) => setSide(event.currentTarget.value as Side)}
            data={[
              { value: 'CLIENT', label: account },
              { value: 'COMPANY', label: company },
              { value: 'THIRD_PARTY', label: t('names.side.THIRD_PARTY') },
            ]}
          />
          <TextInput
            type="date"
            label={t('taskActs.create.due')}
            value={dueOn}
            onChange={(event) => setDueOn(event.currentTarget.value)}
          />
        </div>
        <div className={styles.who}>
          <span id={visibilityId}>{t('taskActs.create.visibility')}</span>
          <SegmentedControl
            aria-labelledby={visibilityId}
            value={visibility}
            onChange={(value) => setVisibility(value as Visibility)}
            data={[
              { value: 'SHARED', label: t('taskActs.create.shared', { account, company }) },
              { value: 'INTERNAL', label: t('taskActs.create.internal', { company }) },
            ]}
          />
          {visibility === 'INTERNAL' && <InternalMark company={company} />}
        </div>
        {problem && <FieldError>{problem}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
