import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { graphql } from '../../api/graphql.ts';
import { InlineText } from '../../components/InlineEdit.tsx';
import { Internal } from '../../components/Internal.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import styles from './Facts.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

const FactSetMutation = graphql(`
  mutation AccountFactSet($id: ID!, $input: AccountFactSetInput!) {
    accountFactSet(id: $id, input: $input) {
      account { id }
      userErrors { code message }
    }
  }
`);

type Props = { project: ProjectShown; company: string; onChanged: () => void };

/** What the documentation says of this client: first the gaps, to be filled in here, then what is known. */
export function Facts({ project, company, onChanged }: Props) {
  const { t } = useTranslation();
  const [set] = useMutation(FactSetMutation);
  const offerUndo = useUndo();
  const gaps = project.accountFacts.filter((fact) => fact.value === null);
  const known = project.accountFacts.filter((fact) => fact.value !== null);
  if (project.accountFacts.length === 0) return null;

  const write = async (key: string, value: string): Promise<string | null> => {
    try {
      const { data } = await set({ variables: { id: project.account.id, input: { key, value } } });
      const refusal = data?.accountFactSet.userErrors[0];
      if (!refusal) onChanged();
      return refusal?.message ?? null;
    } catch (error) {
      return t(`comments.failure.${failureOf(error)}`);
    }
  };
  const save = async (key: string, value: string, before: string) => {
    const refusal = await write(key, value);
    const name = t(`facts.${key}` as 'facts.shop.domain', { defaultValue: key });
    if (refusal === null) offerUndo(t('facts.saved', { name }), () => write(key, before), `fact ${key}`);
    return refusal;
  };
  return (
    <Internal company={company} title={t('facts.title')}>
      {gaps.length > 0 && (
        <>
          <p className={styles.missing}>{t('facts.missing', { count: gaps.length })}</p>
          <ul className={styles.gaps}>
            {gaps.map(({ key }) => (
              <li key={key}>
                <Gap fact={key} onSave={(value) => save(key, value, '')} />
              </li>
            ))}
          </ul>
        </>
      )}
      {known.length > 0 && (
        <details className={styles.known} open={gaps.length === 0 ? undefined : false}>
          <summary>{t('facts.known', { count: known.length })}</summary>
          <dl>
            {known.map(({ key, value }) => {
              const label = t(`facts.${key}` as 'facts.shop.domain', { defaultValue: key });
              return (
                <div key={key} className={styles.fact}>
                  <dt>{label}</dt>
                  <dd>
                    <InlineText
                      label={label}
                      value={value ?? ''}
                      maxLength={4000}
                      isRequired={false}
                      onSave={(next) => save(key, next, value ?? '')}
                    />
                  </dd>
                </div>
              );
            })}
          </dl>
        </details>
      )}
    </Internal>
  );
}

function Gap({ fact, onSave }: { fact: string; onSave: (value: string) => Promise<string | null> }) {
  const { t } = useTranslation();
  const [value, setValue] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const id = `fact-${fact}`;
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() === '') return;
    setSaving(true);
    setFailure(await onSave(value));
    setSaving(false);
  };
  return (
    <form className={styles.gap} onSubmit={handleSubmit}>
      <label htmlFor={id}>{t(`facts.${fact}` as 'facts.shop.domain', { defaultValue: fact })}</label>
      <span className={styles.row}>
        <input
          id={id}
          className={styles.field}
          value={value}
          maxLength={4000}
          aria-invalid={failure !== null}
          aria-describedby={failure === null ? undefined : `${id}-error`}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-sm" variant="default" loading={isSaving} disabled={value.trim() === ''}>
          {t('common.save')}
        </Button>
      </span>
      {failure !== null && <FieldError id={`${id}-error`}>{failure}</FieldError>}
    </form>
  );
}
