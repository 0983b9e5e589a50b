import { useQuery } from '@apollo/client/react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../api/graphql.ts';
import { Logo } from '../../components/Logo.tsx';
import { useAccent } from '../../components/useAccent.ts';
import { brandFragment } from '../../features/viewer/brand.ts';
import styles from './SignIn.module.css';

const BrandQuery = graphql('query Brand { company { ...Brand_company } }', [brandFragment]);

type Props = { company: string; title: string; lead?: string; beside?: ReactNode; children: ReactNode };

/** The quiet page around every step of signing in. */
export function SignInPage({ company, title, lead, beside, children }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(BrandQuery);
  useAccent(data?.company.accent);
  useEffect(() => {
    document.title = t('common.pageTitle', { page: title, company });
  }, [t, title, company]);
  return (
    <div className={styles.page}>
      <header className={styles.brand}>
        <Logo url={data?.company.logoUrl} />
        <span>{company}</span>
      </header>
      <main className={styles.main} data-beside={beside ? true : undefined}>
        <section className={styles.form}>
          <h1 className={styles.title}>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
          {children}
        </section>
        {beside}
      </main>
    </div>
  );
}
