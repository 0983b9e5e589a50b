import { useApolloClient } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultOf, readFragment } from '../../api/graphql.ts';
import { FieldError } from '../../components/Notice.tsx';
import { credentialsSubmitMutation, credentialsWithdrawMutation } from './acts.ts';
import { checkHeadFragment } from './check/documents.ts';
import { type Place, revisionOf } from './deliveries.ts';
import type { inputFragment, submissionFragment } from './documents.ts';
import { FormActions } from './FormActions.tsx';
import styles from './Inputs.module.css';
import { ReportSkeleton } from './report/ReportSkeleton.tsx';
import { withReportWords } from './report/withWords.ts';
import { Secret } from './Secret.tsx';
import { SureButton } from './SureButton.tsx';
import { useAct } from './useAct.ts';

// What only credentials that are tried have.
const CredentialsCheck = lazy(async () => ({
  default: (await withReportWords(import('./check/CredentialsCheck.tsx'))).CredentialsCheck,
}));

type Props = {
  place: Place;
  input: ResultOf<typeof inputFragment>;
  latest: ResultOf<typeof submissionFragment> | null;
  isDone: boolean;
  /** The task can be worked on. */
  isOpen: boolean;
  /** Who can give them, in words, where it is their turn and not the viewer's. */
  awaited: string | null;
  company: string;
};

/** Secrets: handed in, replaced and taken back, but never read back here. Staff look at one at a time, on record. */
export function CredentialsInput({ place, input, latest, isDone, isOpen, awaited, company }: Props) {
  const { t } = useTranslation();
  const fields = input.fields ?? [];
  const { submit, withdraw, reveal } = input.viewerCan;
  const isThere = fields.some((field) => field.isSet);
  const [isReplacing, setReplacing] = useState(false);
  const isEntering = submit && (!isThere || isReplacing);
  const head = readFragment(checkHeadFragment, input.current?.check ?? null);
  const isWanted = isOpen && (!isThere || input.isRedoWanted || head?.lastRun?.result === 'FAILED');
  const isTried = head !== null && latest !== null && latest.withdrawnAt === null;

  return (
    <div className={styles.stack}>
      {(isThere || !submit) && (
        <dl className={styles.secrets}>
          {fields.map((field) => (
            <div key={field.key} className={styles.secret}>
              <dt>{field.label}</dt>
              <dd>
                {!field.isSet && (
                  <span className={styles.soft}>
                    {t(isThere && !field.isRequired ? 'inputs.credentials.notGiven' : 'inputs.credentials.notSet')}
                  </span>
                )}
                {field.isSet && reveal && <Secret inputId={input.id} field={field} />}
                {field.isSet && !reveal && (
                  <span className={styles.sealed}>
                    <IconLock size={16} stroke={1.5} aria-hidden /> {t('inputs.credentials.set')}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {isTried && (
        <Suspense fallback={<ReportSkeleton />}>
          <CredentialsCheck taskId={place.taskId} latest={latest} head={head} isDone={isDone} />
        </Suspense>
      )}
      {isEntering ? (
        <Entry
          place={place}
          fields={fields}
          wanted={input.wanted}
          onDone={() => setReplacing(false)}
          onCancel={isThere ? () => setReplacing(false) : null}
        />
      ) : (
        (submit || withdraw) && (
          <div className={styles.actions}>
            {submit && (
              <Button
                variant={head?.lastRun?.result === 'FAILED' ? 'filled' : 'default'}
                size="xs"
                onClick={() => setReplacing(true)}
              >
                {t('inputs.credentials.replace')}
              </Button>
            )}
            {withdraw && <Withdraw inputId={input.id} company={company} />}
          </div>
        )
      )}
      {submit && <p className={styles.soft}>{t('inputs.credentials.kept', { company })}</p>}
      {isWanted && !submit && (
        <p className={styles.soft}>
          {awaited
            ? t('inputs.credentials.waiting', { names: awaited, company })
            : t('inputs.credentials.whose', { company })}
        </p>
      )}
    </div>
  );
}

type EntryProps = {
  place: Place;
  fields: { key: string; label: string; isSecret: boolean; isRequired: boolean }[];
  /** How they are tried; null: by nothing but a person. */
  wanted: ResultOf<typeof inputFragment>['wanted'];
  onDone: () => void;
  onCancel: (() => void) | null;
};

function Entry({ place, fields, wanted, onDone, onCancel }: EntryProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, run } = useAct();
  // Read from the fields when they are handed in, and nowhere kept: what is typed is a secret.
  const form = useRef<HTMLFormElement>(null);
  const key = useRef<string>(crypto.randomUUID());
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  const fieldOf = (name: string) => form.current?.elements.namedItem(name);
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const typed = fields.map((field) => {
      const element = fieldOf(field.key);
      return { ...field, value: element instanceof HTMLInputElement ? element.value : '' };
    });
    const empty = typed.filter((one) => one.value.trim() === '' && one.isRequired).map((one) => one.key);
    setMissing(empty);
    const first = empty[0] && fieldOf(empty[0]);
    if (first instanceof HTMLElement) return first.focus();
    const values = typed.filter((one) => one.value.trim() !== '').map((one) => ({ field: one.key, value: one.value }));
    if (values.length === 0) return setProblem(t('inputs.credentials.nothing'));
    const refused = await run(async () => {
      const revision = revisionOf(client, place.taskId);
      const input = { inputId: place.inputId, idempotencyKey: key.current, revision, values };
      const { data } = await client.mutate({ mutation: credentialsSubmitMutation, variables: { input } });
      return data?.credentialsSubmit.userErrors[0];
    });
    setProblem(refused && t('inputs.credentials.refused', { reason: refused.message }));
    // Only what got no answer is said again under the same key.
    if (refused?.code !== 'TROUBLE') key.current = crypto.randomUUID();
    if (!refused) onDone();
  };

  return (
    <form ref={form} className={styles.form} onSubmit={handleSubmit} noValidate autoComplete="off">
      {fields.map((field) => (
        <TextInput
          key={field.key}
          name={field.key}
          label={field.isRequired ? field.label : `${field.label} (${t('inputs.credentials.optional')})`}
          type={field.isSecret ? 'password' : 'text'}
          autoComplete={field.isSecret ? 'new-password' : 'off'}
          spellCheck={false}
          error={missing.includes(field.key) && t('inputs.credentials.missing')}
          onChange={() => {
            key.current = crypto.randomUUID();
            setMissing((now) => now.filter((one) => one !== field.key));
            setProblem(null);
          }}
        />
      ))}
      {onCancel && fields.some(({ isRequired }) => !isRequired) && (
        <p className={styles.soft}>{t('inputs.credentials.anew')}</p>
      )}
      {wanted?.platform && (
        <p className={styles.soft}>
          {t('inputs.credentials.tried', { platform: t(`inputs.credentials.platform.${wanted.platform}`) })}{' '}
          {wanted.scopes.length > 0 && t('inputs.credentials.scopes', { scopes: wanted.scopes.join(', ') })}
        </p>
      )}
      <FormActions
        submit={t('inputs.credentials.submit')}
        icon={<IconLock size={16} stroke={1.5} aria-hidden />}
        isBusy={isBusy}
        onCancel={onCancel}
      />
      {problem && <FieldError>{problem}</FieldError>}
    </form>
  );
}

function Withdraw({ inputId, company }: { inputId: string; company: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const handleYes = async () => {
    const { data } = await client.mutate({ mutation: credentialsWithdrawMutation, variables: { id: inputId } });
    return data?.credentialsWithdraw.userErrors[0];
  };
  return (
    <SureButton
      label={t('inputs.credentials.withdraw')}
      question={t('inputs.credentials.withdrawSure', { company })}
      yes={t('inputs.credentials.withdrawYes')}
      sayRefused={(reason) => t('inputs.credentials.refused', { reason })}
      onYes={handleYes}
    />
  );
}
