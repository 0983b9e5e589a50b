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
  mutation InvitationResend($id: ID!) { invitationResend(id: $id) { userErrors { code } } }
`);
const InvitationRevokeMutation = graphql(`
  mutation InvitationRevoke($id: ID!) { invitationRevoke(id: $id) { userErrors { code } } }
`);

type Props = { invitation: ResultOf<typeof InvitationRow>; mayAct: boolean; onChanged: () => void };

/** Somebody who was asked and has not come yet. */
export function InvitationItem({ invitation, mayAct, onChanged }: Props) {
  const { t } = useTranslation();
  const [resend] = useMutation(InvitationResendMutation);
  const [revoke] = useMutation(InvitationRevokeMutation);
  const [busy, setBusy] = useState<'resend' | 'revoke' | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const { id, name, email, role, isExpired, sentAt } = invitation;

  async function run(what: 'resend' | 'revoke', act: typeof resend | typeof revoke) {
    setBusy(what);
    setFailed(false);
    await act({ variables: { id } }).then(onChanged, () => setFailed(true));
    setBusy(null);
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
        {hasFailed && <FieldError>{t('settings.people.actFailed')}</FieldError>}
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
              onClick={() => run('resend', resend)}
            >
              {t('settings.people.resend')}
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              loading={busy === 'revoke'}
              aria-label={t('settings.people.revokeNamed', { name })}
              onClick={() => run('revoke', revoke)}
            >
              {t('settings.people.revoke')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
