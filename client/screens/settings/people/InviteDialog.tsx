import { useMutation } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EnumOf, graphql } from '../../../api/graphql.ts';
import { Dialog, DialogForm } from '../../../components/Dialog.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import styles from './People.module.css';
import { ProjectSelect } from './ProjectSelect.tsx';

const PersonInviteMutation = graphql(`
  mutation PersonInvite($input: PersonInviteInput!) {
    personInvite(input: $input) { invitation { id } userErrors { code field } }
  }
`);

type Role = EnumOf<'Role'>;
/** Where somebody is invited to: an account, the company, or, for partners, projects. */
export type Place =
  | { kind: 'account'; id: string; name: string }
  | { kind: 'company'; name: string }
  | { kind: 'partners'; name: string };

type Props = { place: Place; roles: readonly Role[]; onClose: () => void; onInvited: () => void };

const problems = ['ALREADY_HERE', 'ALREADY_INVITED', 'INVALID_EMAIL', 'EMPTY', 'TOO_LONG', 'TOO_OFTEN'] as const;
type Problem = { code: (typeof problems)[number] | 'FAILED'; field: string | null };

/** Whom, and as what. What was typed stays, whatever goes wrong. */
export function InviteDialog({ place, roles, onClose, onInvited }: Props) {
  const { t } = useTranslation();
  const [invite] = useMutation(PersonInviteMutation);
  const [input, setInput] = useState({ email: '', name: '', role: roles[0], projectId: '' });
  // Made once: pressing twice, or again after a lost answer, invites once.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isOfProjects = place.kind === 'partners';

  function set(changed: Partial<typeof input>) {
    setInput((had) => ({ ...had, ...changed }));
    setKey(crypto.randomUUID());
    setProblem(null);
  }

  async function handleSubmit() {
    const { email, name, role, projectId } = input;
    if (!role) return;
    setBusy(true);
    const errors = await invite({
      variables: {
        input: {
          email,
          name,
          role,
          accountId: place.kind === 'account' ? place.id : null,
          projectIds: isOfProjects ? [projectId] : [],
          idempotencyKey,
        },
      },
    }).then(
      ({ data }) => data?.personInvite.userErrors ?? [],
      () => null,
    );
    setBusy(false);
    if (errors === null) return setProblem({ code: 'FAILED', field: null });
    const [first] = errors;
    if (!first) return onInvited();
    setProblem({ code: problems.find((code) => code === first.code) ?? 'FAILED', field: first.field });
  }

  const said =
    problem &&
    t(problem.code === 'FAILED' ? 'settings.people.failed' : `settings.people.inviteProblem.${problem.code}`);
  const at = (field: string) => (problem?.field === field ? said : undefined);
  const isWhole = input.email.trim() !== '' && input.name.trim() !== '' && (!isOfProjects || input.projectId !== '');
  return (
    <Dialog
      title={isOfProjects ? t('settings.people.invitePartner') : t('settings.people.inviteTo', { place: place.name })}
      onClose={onClose}
    >
      <DialogForm
        onSubmit={handleSubmit}
        actions={
          <>
            <Button type="submit" loading={isBusy} disabled={!isWhole}>
              {t('settings.people.send')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('settings.people.email')}
          type="email"
          autoComplete="off"
          autoFocus
          value={input.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
          error={at('email')}
        />
        <TextInput
          label={t('settings.people.name')}
          autoComplete="off"
          maxLength={200}
          value={input.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={at('name')}
        />
        {roles.length > 1 && (
          <NativeSelect
            label={t('settings.people.role')}
            value={input.role}
            onChange={(event) => set({ role: event.currentTarget.value as Role })}
            data={roles.map((role) => ({ value: role, label: t(`names.role.${role}`) }))}
          />
        )}
        {isOfProjects && (
          <ProjectSelect value={input.projectId} onChange={(projectId) => set({ projectId })} without={[]} />
        )}
        <p className={styles.quiet}>{t('settings.people.inviteHint')}</p>
        {problem && !at('email') && !at('name') && <FieldError>{said}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
