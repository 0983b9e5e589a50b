import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../components/now.ts';
import { Tag } from '../../../components/Tag.tsx';
import { dayWords, todayOf } from '../../../words/format.ts';
import styles from './List.module.css';
import type { PlannedRow, Row, RowState } from './rows.ts';

type Props = { row: Row; at: { state: RowState; sameRow: number | null } | undefined };

/** A row that needs nobody: what it will be, or what it became. */
export function RowLine({ row, at }: Props) {
  const { t } = useTranslation();
  const state = at?.state ?? 'unplanned';
  const { plan, result } = row;
  const standing = result ?? (plan?.project ? { projectId: plan.project.id, name: plan.project.name } : null);
  const name = plan?.accountName || t('newIntegration.list.nameless');
  return (
    <li className={styles.line}>
      <span className={styles.number}>{t('newIntegration.list.rowNumber', { row: row.number })}</span>
      <span className={styles.who}>
        <strong>{name}</strong>
        {plan && (
          <span className={styles.soft}>
            {t(plan.account ? 'newIntegration.list.isKnown' : 'newIntegration.list.isNew')}
          </span>
        )}
      </span>
      <span className={styles.what}>{plan && <What plan={plan} />}</span>
      <span className={styles.state}>
        <span className={styles.mark} data-state={state}>
          {t(`newIntegration.list.rowState.${state}`, { row: at?.sameRow ?? 0 })}
        </span>
        {standing && (
          <Link to="/projects/$projectId" params={{ projectId: standing.projectId }} target="_blank">
            {standing.name}
          </Link>
        )}
        {result?.invited && (
          <span className={styles.soft}>{t('newIntegration.list.invited', { email: result.invited })}</span>
        )}
        {result?.notInvited && <span className={styles.soft}>{result.notInvited}</span>}
        {!result && state === 'ready' && plan?.contact && (
          <span className={styles.soft}>{t('newIntegration.list.getsMail', { email: plan.contact.email })}</span>
        )}
      </span>
    </li>
  );
}

function What({ plan }: { plan: PlannedRow }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { platform, products, templates, pm, targetOn, factCount } = plan;
  const said = [
    pm?.name,
    targetOn && t('newIntegration.list.liveBy', { day: dayWords(targetOn, today) }),
    factCount > 0 && t('newIntegration.list.facts', { count: factCount }),
    templates.length === 0 && t('newIntegration.list.noTemplate'),
  ].filter(Boolean);
  return (
    <>
      <span className={styles.tags}>
        {platform && <Tag>{t(`names.platform.${platform}`)}</Tag>}
        {products.map((product) => (
          <Tag key={product}>{t(`names.product.${product}`)}</Tag>
        ))}
      </span>
      <span className={styles.soft}>{said.join(' · ')}</span>
    </>
  );
}
