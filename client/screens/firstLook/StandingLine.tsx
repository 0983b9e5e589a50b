import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import type { FirstLookStanding } from '../../features/firstLook/documents.ts';
import { PassedOver } from '../../features/firstLook/PassedOver.tsx';
import { voiceOf } from '../../features/firstLook/voice.ts';
import { count } from '../../words/format.ts';

type Props = { standing: ResultOf<typeof FirstLookStanding>; isStaff: boolean };

/** Where its products come from, and how many of them can be used. */
export function StandingLine({ standing, isStaff }: Props) {
  const { t } = useTranslation();
  const voice = voiceOf(isStaff);
  const { state, source, usable, total, shown, isSampled, submission, passedOver } = standing;
  if (state !== 'READY') return null;
  const newer = passedOver && <PassedOver passedOver={passedOver} isStaff={isStaff} />;
  if (source === 'WEBSITE') {
    return (
      <>
        {t(`firstLook.${voice}.website`)} {newer}
      </>
    );
  }
  const isWhole = usable >= total;
  return (
    <>
      {isWhole
        ? t(`firstLook.${voice}.all`, { count: usable, shown: count(usable) })
        : t('firstLook.card.some', { usable: count(usable), total: count(total) })}{' '}
      {!isWhole && submission && (
        <Link to="/tasks/$taskId" params={{ taskId: submission.task.id }} search={{ part: 'input' }}>
          {t(`firstLook.${voice}.someLink`)}
        </Link>
      )}{' '}
      {isSampled && t('firstLook.card.sampled', { shown: count(shown) })} {newer}
    </>
  );
}
