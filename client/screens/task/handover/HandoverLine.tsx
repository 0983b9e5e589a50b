import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconShare2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { dayWords, todayOf } from '../../../words/format.ts';
import type { ActedTask } from '../acts/documents.ts';
import { useTaskAct } from '../acts/useTaskAct.ts';
import styles from '../TaskNotices.module.css';
import { takeBackMutation } from './documents.ts';

type Props = { task: ActedTask; handover: NonNullable<ActedTask['handover']> };

/** Who has the task by a link, since when and until when; and that they gave it back, with their words. */
export function HandoverLine({ task, handover }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { isBusy, refusal, run } = useTaskAct();
  const guest = handover.guest?.name ?? handover.email;
  if (handover.state === 'GIVEN_BACK') {
    return (
      <section className={styles.notice} data-tone="care">
        <IconArrowBackUp size={20} stroke={1.5} aria-hidden />
        <div className={styles.words}>
          <h2>{t('handover.givenBack', { guest })}</h2>
          <p className={styles.reason}>{handover.answer}</p>
        </div>
      </section>
    );
  }
  // It ends with this day, so at the first moment of the next.
  const lastDay = todayOf(new Date(Date.parse(handover.expiresAt) - 1));
  const day = dayWords(lastDay, todayOf(new Date()));
  const name = handover.by?.name ?? t('common.somebody');
  return (
    <section className={styles.notice} data-tone="quiet">
      <IconShare2 size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>{t('handover.withThem', { email: handover.email, day })}</h2>
        <p className={styles.soft}>
          {handover.state === 'SENT' ? t('handover.sent', { name }) : t('handover.opened', { name, guest })}
        </p>
        {task.viewerCan.takeBack && (
          <div className={styles.start}>
            <Button
              variant="default"
              size="xs"
              loading={isBusy}
              onClick={() => void run(() => client.mutate({ mutation: takeBackMutation, variables: { id: task.id } }))}
            >
              {t('handover.takeBack')}
            </Button>
            <span className={styles.soft}>{t('handover.takeBackHint')}</span>
          </div>
        )}
        {refusal && <FieldError>{refusal}</FieldError>}
      </div>
    </section>
  );
}
