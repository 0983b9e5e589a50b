import { useMutation } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import type { EnumOf } from '../../../api/graphql.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { tokenCreateMutation } from './documents.ts';
import { type Expiry, ExpiryChoice, expiresAtOf } from './ExpiryChoice.tsx';
import { type Place, ProjectChoice } from './ProjectChoice.tsx';
import { ScopeTable } from './ScopeTable.tsx';
import { reading, scopesOf } from './scopes.ts';
import styles from './Tokens.module.css';

type Role = EnumOf<'Role'>;
type Props = {
  appRoles: readonly Role[];
  projects: readonly Place[];
  onMade: (secret: string) => void;
  onCancel: () => void;
};
type Problem = { field: 'name' | 'scopes' | 'projectIds' | 'expiresAt' | null; text: string };

/** Makes a token: its name, whose it is, what it may, where, and until when. */
export function NewToken({ appRoles, projects, onMade, onCancel }: Props) {
  const { t } = useTranslation();
  const { person } = useViewer();
  const [create, { loading }] = useMutation(tokenCreateMutation);
  const [name, setName] = useState('');
  const [appRole, setAppRole] = useState<Role | null>(null);
  const [levels, setLevels] = useState(reading);
  const [projectIds, setProjectIds] = useState<readonly string[] | null>(null);
  const [expiry, setExpiry] = useState<Expiry>({ kind: '90', on: '' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const key = useRef<string>(crypto.randomUUID());
  const nameField = useRef<HTMLInputElement>(null);
  useEffect(() => nameField.current?.focus(), []);

  const problemOf = (field: Problem['field']) => (problem?.field === field ? problem.text : null);
  const found = (): Problem | null => {
    if (name.trim() === '') return { field: 'name', text: t('tokens.form.emptyName') };
    if (scopesOf(levels).length === 0) return { field: 'scopes', text: t('tokens.form.emptyScopes') };
    if (projectIds?.length === 0) return { field: 'projectIds', text: t('tokens.form.emptyProjects') };
    const until = expiresAtOf(expiry);
    const isPast = until !== null && !(until.getTime() > Date.now());
    return isPast ? { field: 'expiresAt', text: t('tokens.form.emptyDate') } : null;
  };

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = found();
    setProblem(wrong);
    if (wrong) {
      if (wrong.field === 'name') nameField.current?.focus();
      return;
    }
    const input = {
      name: name.trim(),
      scopes: scopesOf(levels),
      projectIds: projectIds && [...projectIds],
      expiresAt: expiresAtOf(expiry)?.toISOString() ?? null,
      appRole,
      idempotencyKey: key.current,
    };
    try {
      const made = (await create({ variables: { input } })).data?.tokenCreate;
      const refusal = made?.userErrors[0];
      if (made?.secret) return onMade(made.secret);
      const text = refusal?.message ?? t('submissions.trouble.server');
      setProblem({ field: null, text: t('tokens.form.refused', { reason: text }) });
    } catch (error) {
      setProblem({
        field: null,
        text: t('tokens.form.refused', { reason: t(`submissions.trouble.${failureOf(error)}`) }),
      });
    }
  };
  /** Another token than the one that may have been made already takes another key. */
  const changed = () => {
    key.current = crypto.randomUUID();
    setProblem(null);
  };

  return (
    <form className={styles.form} onSubmit={handleSubmit} onChange={changed} noValidate aria-labelledby="token-new">
      <h2 id="token-new" className={styles.heading}>
        {t('tokens.form.title')}
      </h2>
      <TextInput
        ref={nameField}
        label={t('tokens.form.name')}
        description={t('tokens.form.nameHint')}
        maxLength={80}
        value={name}
        error={problemOf('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {appRoles.length > 0 && (
        <fieldset className={styles.choices}>
          <legend>{t('tokens.form.actsAs')}</legend>
          <label>
            <input type="radio" name="acts-as" checked={appRole === null} onChange={() => setAppRole(null)} />
            {t('tokens.form.asMe', { name: person.name })}
          </label>
          <label>
            <input
              type="radio"
              name="acts-as"
              checked={appRole !== null}
              onChange={() => setAppRole(appRoles[0] ?? null)}
            />
            {t('tokens.form.asApp')}
          </label>
          {appRole !== null && (
            <NativeSelect
              className={styles.inner}
              label={t('tokens.form.role')}
              description={t('tokens.form.appHint', { name: name.trim() || t('tokens.form.appFallback') })}
              value={appRole}
              onChange={(event) => setAppRole(event.currentTarget.value as Role)}
              data={appRoles.map((role) => ({ value: role, label: t(`names.role.${role}`) }))}
            />
          )}
        </fieldset>
      )}
      <ScopeTable levels={levels} problem={problemOf('scopes')} onChange={setLevels} />
      <ProjectChoice
        projects={projects}
        chosen={projectIds}
        isApp={appRole !== null}
        problem={problemOf('projectIds')}
        onChange={setProjectIds}
      />
      <ExpiryChoice expiry={expiry} problem={problemOf('expiresAt')} onChange={setExpiry} />
      {problem?.field === null && <FieldError>{problem.text}</FieldError>}
      <div className={styles.actions}>
        <Button type="submit" loading={loading}>
          {t('tokens.form.submit')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
