import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Face } from '../../../components/Face.tsx';
import { sentenceOfEvent } from '../../../features/activity/sentences.ts';
import { clockTime } from '../../../words/format.ts';
import styles from './Activity.module.css';
import type { AuditEntry } from './documents.ts';

/** One thing that happened: who, what, where, and what it was before. */
export function Entry({ entry: { node: entry } }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const actor = entry.actor?.name ?? t('audit.slipway');
  const at = new Date(entry.at);
  return (
    <li className={styles.entry}>
      <Face name={actor} isStaff={entry.actor?.isStaff ?? true} size="small" />
      <div className={styles.what}>
        <p>
          {sentenceOf(t, entry, actor)}
          {entry.isInternal && entry.project && <span className={styles.internal}>{t('audit.internal')}</span>}
        </p>
        {entry.facts.reason && <p className={styles.reason}>{entry.facts.reason}</p>}
        <div className={styles.more}>
          {entry.project && (
            <p className={styles.place}>
              <Link to="/projects/$projectId" params={{ projectId: entry.project.id }}>
                {entry.project.account.name}
                {t('audit.mark')}
                {entry.project.name}
              </Link>
            </p>
          )}
          {entry.edits.length > 0 && (
            <details className={styles.edits}>
              <summary>{t('audit.edits', { count: entry.edits.length })}</summary>
              <dl>
                {entry.edits.map((edit) => (
                  <div key={edit.field}>
                    <dt>{edit.field}</dt>
                    <dd>
                      {edit.before !== null && <del>{edit.before}</del>}{' '}
                      {edit.after !== null && <ins>{edit.after}</ins>}
                    </dd>
                  </div>
                ))}
              </dl>
            </details>
          )}
        </div>
      </div>
      <time dateTime={entry.at} title={at.toISOString()}>
        {clockTime(at)}
      </time>
    </li>
  );
}

/** The sentence of a kind: the audit list's own, else that of the project's activity, else the kind itself. */
function sentenceOf(t: TFunction, entry: AuditEntry['node'], actor: string): string {
  const subject = entry.node && 'name' in entry.node ? entry.node.name : t('audit.somebody');
  const task = entry.task?.title ?? t('audit.task');
  const unknown = t('audit.unknown', { actor, kind: entry.kind });
  const ofActivity = sentenceOfEvent(t, entry, 'inProject', { actor, task, unknown });
  return t(`audit.kind.${entry.kind}` as 'audit.kind.person.added', { actor, subject, task, defaultValue: ofActivity });
}
