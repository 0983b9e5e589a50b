import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from './Page.tsx';

type Props = { company?: string };

/** A page that does not exist, or that this person may not know of: the two look alike. */
export function NotFound({ company }: Props) {
  const { t } = useTranslation();
  return (
    <Page
      title={t('common.error.notFoundTitle')}
      company={company ?? t('common.slipway')}
      state={t('common.error.notFound')}
    >
      <Link to="/">{t('common.error.backHome')}</Link>
    </Page>
  );
}
