import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';

/** What stands where a page broke, instead of nothing. */
export function BrokenScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('common.error.unexpectedTitle')} company={t('common.slipway')}>
      <ErrorState
        title={t('common.error.unexpectedTitle')}
        text={t('common.error.unexpected')}
        onRetry={() => location.reload()}
      />
    </Page>
  );
}
