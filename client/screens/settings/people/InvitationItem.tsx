import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../../api/graphql.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { Tag } from '../../../components/Tag.tsx';
import { RelativeTime } from '../../../components/Time.tsx';
import type { InvitationRow } from './fragments.ts';
import styles from './People.module.css';

const InvitationResendMutation = graphql(`
  mutation InvitationResend($id: ID!) { invitationResend(id: $id) { userErrors { code message } } }
`);
const InvitationRevokeMutation = graphql(`
  mutation InvitationRevoke($id: ID!) { invitationRevoke(id: $id) { userErrors { code message } } }
`);

type Props = { invitation: ResultOf<typeof InvitationRow>; mayAct: boolean; onChanged: () => void };

/** Somebody who was asked and has not come yet. */
export function InvitationItem({ invitation, mayAct, onChanged }: Props) {
  const { t } = useTranslation();
  const [resend] = useMutation(InvitationResendMutation);
  const [revoke] = useMutation(InvitationRevokeMutation);
  const [busy, setBusy] = useState<'resend' | 'revoke' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, name, email, role, isExpired, sentAt } = invitation;

  async function run(what: 'resend' | 'revoke') {
    setBusy(what);
    setProblem(null);
    const variables = { id };
    const answer =
      what === 'resend'
        ? resend({ variables }).then(({ data }) => data?.invitationResend.userErrors)
        : revoke({ variables }).then(({ data }) => data?.invitationRevoke.userErrors);
    const refused = await answer.then(
      (errors) => errors?.[0]?.message ?? null,
      () => t('settings.people.actFailed'),
    );
    setBusy(null);
    if (refused === null) onChanged();
    else setProblem(refused);
  }

  return (
    <li className={styles.row}>
      <span className={styles.waiting} aria-hidden="true">
        <IconMail size={16} stroke={1.5} />
      </span>
      <div className={styles.who}>
        <span className={styles.name}>
          {name} <Tag>{t(isExpired ? 'settings.people.expired' : 'settings.people.invited')}</Tag>
        </span>
        <span className={styles.email}>{email}</span>
        {problem && <FieldError>{problem}</FieldError>}
      </div>
      <span className={styles.seen}>
        {t('settings.people.invitedAt')} <RelativeTime at={sentAt} />
      </span>
      <div className={styles.role}>{t(`names.role.${role}`)}</div>
      <div className={styles.acts}>
        {mayAct && (
          <>
            <Button
              variant="subtle"
              size="compact-xs"
              loading={busy === 'resend'}
              aria-label={t('settings.people.resendNamed', { name })}
              onClick={() => run('resend')}
            >
              {t('settings.people.resend')}
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              loading={busy === 'revoke'}
              aria-label={t('settings.people.revokeNamed', { name })}
              onClick={() => run('revoke')}
            >
              {t('settings.people.revoke')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
