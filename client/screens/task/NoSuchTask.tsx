import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page.tsx';

/** A task that does not exist, or that this person may not know of: the two look alike. */
export function NoSuchTask({ company }: { company: string }) {
  const { t } = useTranslation();
  return (
    <Page title={t('task.notFound.title')} company={company} state={t('task.notFound.text')}>
      <Link to="/">{t('task.notFound.action')}</Link>
    </Page>
  );
}
