import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FragmentOf } from '../../api/graphql.ts';
import { Integration, type OverviewRow } from './Integration.tsx';
import styles from './IntegrationTable.module.css';

type Props = { projects: readonly ({ id: string } & FragmentOf<typeof OverviewRow>)[] };

const columns = [
  'client',
  'platform',
  'products',
  'progress',
  'court',
  'nextDue',
  'target',
  'lastActivity',
  'pm',
] as const;

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** All integrations. J, K and the arrows move between them; Enter opens the one in focus. */
export function IntegrationTable({ projects }: Props) {
  const { t } = useTranslation();
  const table = useRef<HTMLTableElement>(null);

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const step = steps[event.key];
      const target = event.target as Element;
      const links = [...(table.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
      const isInside = table.current?.contains(target) ?? false;
      const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (step === undefined || !isPlain || target.closest('input, textarea, select, [role="menu"]')) return;
      // Outside the table the arrows scroll the page, as everywhere.
      if (!isInside && event.key.startsWith('Arrow')) return;
      const at = links.findIndex((link) => link.closest('tr')?.contains(target));
      const next = at === -1 ? links[0] : links[Math.min(links.length - 1, Math.max(0, at + step))];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);

  return (
    <div className={styles.sheet}>
      <table className={styles.table} ref={table}>
        <caption className={styles.caption}>
          {t('overview.table')}. {t('overview.tableHint')}
        </caption>
        <thead className={styles.head}>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={styles[column === 'lastActivity' ? 'activity' : column]}>
                {t(`overview.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {projects.map((project) => (
            <Integration key={project.id} project={project} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
