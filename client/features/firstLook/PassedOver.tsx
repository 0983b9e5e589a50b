import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { useNow } from '../../components/now.ts';
import { count, dayWords, todayOf } from '../../words/format.ts';
import type { FirstLookStanding } from './documents.ts';
import { voiceOf } from './voice.ts';

type Props = { passedOver: NonNullable<ResultOf<typeof FirstLookStanding>['passedOver']>; isStaff: boolean };

/** A newer file is there and is not what is shown: why, and where its findings stand. */
export function PassedOver({ passedOver, isStaff }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const { reason, total, usable, at, submission } = passedOver;
  const words = { day: dayWords(todayOf(new Date(at)), todayOf(now)), usable: count(usable), total: count(total) };
  return (
    <>
      {t(`firstLook.${voiceOf(isStaff)}.passedOver.${reason}`, words)}{' '}
      {submission && (
        <Link to="/tasks/$taskId" params={{ taskId: submission.task.id }} search={{ part: 'input' }}>
          {t('firstLook.card.passedOverLink')}
        </Link>
      )}
    </>
  );
}
