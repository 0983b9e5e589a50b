import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RuleSource } from '../report/RuleSource.tsx';
import { Severity } from '../report/Severity.tsx';
import styles from './Check.module.css';
import { CopyButton } from './CopyButton.tsx';
import type { CheckFindingView, MarkView } from './view.ts';

const shownAtOnce = 3;

type Props = {
  findings: readonly CheckFindingView[] /** Said above already; null: each place is said. */;
  subject: string | null;
};

/** What a look found, the gravest first: where, what was expected and what stood there, and what to do. */
export function CheckFindings({ findings, subject }: Props) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <ol className={styles.list} aria-label={t('report.findings.title')}>
      {findings.map((finding) => (
        <Finding key={finding.rule} finding={finding} subject={subject} />
      ))}
    </ol>
  );
}

function Finding({ finding, subject }: { finding: CheckFindingView; subject: string | null }) {
  const { t } = useTranslation();
  const [isAll, setAll] = useState(false);
  const { severity, title, message, marks } = finding;
  const shown = isAll ? marks : marks.slice(0, shownAtOnce);
  return (
    <li className={styles.finding}>
      <Severity of={severity} />
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.soft}>{message}</p>
      {shown.map((mark, index) => (
        <Mark
          // biome-ignore lint/suspicious/noArrayIndexKey: marks have no name of their own and never change places
          key={index}
          mark={mark}
          isOwnMessage={mark.message !== message}
          isPlaceSaid={subject !== null && mark.at === subject}
        />
      ))}
      {(marks.length > shown.length || finding.sourceUrl !== null) && (
        <div className={styles.actions}>
          {marks.length > shown.length && (
            <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
              {t('checks.finding.more', { count: marks.length - shown.length })}
            </Button>
          )}
          <RuleSource of={finding} />
        </div>
      )}
    </li>
  );
}

type MarkProps = {
  mark: MarkView;
  /** It says something else than its finding does. */
  isOwnMessage: boolean;
  /** What it speaks of stands above already. */
  isPlaceSaid?: boolean;
};

/** One place that is wrong: expected, found, and what to put there, to be copied. */
export function Mark({ mark: { at, expected, found, fix, message }, isOwnMessage, isPlaceSaid = false }: MarkProps) {
  const { t } = useTranslation();
  const hasFacts = (at !== null && !isPlaceSaid) || expected !== null || found !== null || fix !== null;
  if (!hasFacts && !isOwnMessage) return null;
  return (
    <div className={styles.mark}>
      {isOwnMessage && <p className={styles.soft}>{message}</p>}
      {hasFacts && (
        <dl className={styles.facts}>
          {at !== null && !isPlaceSaid && <Fact label={t('checks.finding.at')} value={at} />}
          {expected !== null && expected !== fix && <Fact label={t('checks.finding.expected')} value={expected} />}
          {found !== null && <Fact label={t('checks.finding.found')} value={found} />}
          {fix !== null && <Fact label={t('checks.finding.fix')} value={fix} isCopied />}
        </dl>
      )}
    </div>
  );
}

export function Fact({ label, value, isCopied = false }: { label: string; value: string; isCopied?: boolean }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>
        <code>{value}</code>
        {isCopied && <CopyButton text={value} what={`${label}: ${value}`} />}
      </dd>
    </div>
  );
}
