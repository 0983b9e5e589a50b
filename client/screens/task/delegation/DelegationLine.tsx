import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconRubberStamp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../../components/Notice.tsx';
import { useViewer } from '../../../features/viewer/viewer.ts';
import { dayWords, todayOf } from '../../../words/format.ts';
import type { ActedTask } from '../acts/documents.ts';
import { useTaskAct } from '../acts/useTaskAct.ts';
import styles from '../TaskNotices.module.css';
import { delegationEndMutation } from './documents.ts';

type Props = { delegation: NonNullable<ActedTask['delegation']> };

/** Who approves in whose place, until when, and the way back for either of the two. */
export function DelegationLine({ delegation: { id, from, to, task, endsAt } }: Props) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { person } = useViewer();
  const { isBusy, refusal, run } = useTaskAct();
  const isFrom = from?.id === person.id;
  const isTo = to?.id === person.id;
  const names = { from: from?.name ?? t('common.somebody'), to: to?.name ?? t('common.somebody') };
  // It ends with this day, so at the first moment of the next.
  const lastDay = endsAt && dayWords(todayOf(new Date(Date.parse(endsAt) - 1)), todayOf(new Date()));
  const handleEnd = () =>
    run(async () => {
      const { data } = await client.mutate({ mutation: delegationEndMutation, variables: { id } });
      return { data: data && { act: { task: data.act.delegation?.task ?? null, userErrors: data.act.userErrors } } };
    });
  return (
    <section className={styles.notice} data-tone="quiet">
      <IconRubberStamp size={20} stroke={1.5} aria-hidden />
      <div className={styles.words}>
        <h2>
          {isFrom
            ? t('delegation.lineYouFrom', names)
            : isTo
              ? t('delegation.lineYouTo', names)
              : t('delegation.line', names)}
        </h2>
        <p className={styles.soft}>
          {lastDay ? t('delegation.lineUntil', { day: lastDay }) : t('delegation.lineTask')}
        </p>
        {task && (isFrom || isTo) && (
          <div className={styles.start}>
            <Button variant="default" size="xs" loading={isBusy} onClick={() => void handleEnd()}>
              {t(isFrom ? 'delegation.takeBack' : 'delegation.giveBack')}
            </Button>
          </div>
        )}
        {refusal && <FieldError>{refusal}</FieldError>}
      </div>
    </section>
  );
}
