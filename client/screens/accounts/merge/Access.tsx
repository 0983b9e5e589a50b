import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Preview } from './documents.ts';
import styles from './Merge.module.css';

/** Who sees what they did not see before: the one thing of a merge that nobody may overlook. */
export function Access({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const { into, from, people, intoPeople, projects, intoProjects, tokenCount } = preview;
  const names = { into: into.name, from: from.name };
  const isOpened = (who: readonly unknown[], what: readonly unknown[]) => who.length > 0 && what.length > 0;
  const isForTheirs = isOpened(people, intoProjects);
  const isForOurs = isOpened(intoPeople, projects);
  const named = (rows: readonly { name: string }[]) => rows.map(({ name }) => name).join(', ');
  return (
    <section className={styles.access} aria-labelledby="merge-access">
      <h3 id="merge-access">
        <IconAlertTriangle size={20} stroke={1.5} aria-hidden="true" />
        {t('accounts.merge.access')}
      </h3>
      {isForTheirs && (
        <p>
          {t('accounts.merge.seeInto', { count: people.length, ...names })} <strong>{named(people)}</strong>
          {'. '}
          {t('accounts.merge.projectsSeen', { names: named(intoProjects) })}
        </p>
      )}
      {isForOurs && (
        <p>
          {t('accounts.merge.seeFrom', { count: intoPeople.length, ...names })} <strong>{named(intoPeople)}</strong>
          {'. '}
          {t('accounts.merge.projectsSeen', { names: named(projects) })}
        </p>
      )}
      {!isForTheirs && !isForOurs && <p>{t('accounts.merge.noAccess')}</p>}
      {tokenCount > 0 && <p>{t('accounts.merge.tokens', { count: tokenCount, ...names })}</p>}
    </section>
  );
}
