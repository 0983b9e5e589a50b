import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { useIsOld } from '../../components/useIsOld.ts';

/** What stands where a page broke, instead of nothing. */
export function BrokenScreen({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const isOld = useIsOld(error);
  const title = t(isOld ? 'common.error.newVersionTitle' : 'common.error.unexpectedTitle');
  return (
    <Page title={title} company={t('common.slipway')}>
      <ErrorState
        title={title}
        text={t(isOld ? 'common.error.newVersion' : 'common.error.unexpected')}
        {...(isOld && { retry: t('common.error.reload') })}
        onRetry={() => location.reload()}
      />
    </Page>
  );
}
