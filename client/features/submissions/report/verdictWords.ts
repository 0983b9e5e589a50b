import type { TFunction } from 'i18next';
import { count } from '../../../words/format.ts';
import { type ReportView, type ServerReport, toFix } from './view.ts';

const units = { 'product-feed': 'products', 'order-history': 'orders', 'subscriber-list': 'people' } as const;
type Unit = (typeof units)[keyof typeof units] | 'rows';

function unitOf(rules: string | null): Unit {
  return rules !== null && Object.hasOwn(units, rules) ? units[rules as keyof typeof units] : 'rows';
}

/** The verdict in one sentence: how much is ready, and how much there is to do; in a project that is over, was found. */
export function verdictSentence(report: ReportView, t: TFunction, isOver = false): string {
  const { rules, rows, valid, findings } = report;
  if (!report.isReadable) return t('report.unreadable');
  if (rows === 0) return t('report.noRows');
  const unit = unitOf(rules);
  const figures = { count: rows, rows: count(rows), valid: count(valid) };
  const ready = rows === valid ? t(`report.allReady.${unit}`, figures) : t(`report.ready.${unit}`, figures);
  const things = toFix(report);
  if (things === 0) return t('report.sentenceAlone', { ready });
  const hasErrors = findings.some((finding) => finding.severity === 'ERROR');
  const asked = hasErrors ? 'report.toFix' : 'report.toMend';
  const found = hasErrors ? 'report.faultsOver' : 'report.remarksOver';
  return t('report.sentence', { ready, things: t(isOver ? found : asked, { count: things }) });
}

/** What the verdict means for what comes next; in a project that is over, why it was given. */
export function verdictMeaning(report: ReportView, t: TFunction, isOver = false): string {
  const { verdict, isReadable, rows, valid, threshold } = report;
  if (verdict === 'ACCEPTED_WITH_WARNINGS' && isOver) return t('report.means.goodOver');
  if (verdict !== 'REJECTED') return t(`report.means.${verdict}`);
  const percent = Math.round(threshold * 1000) / 10;
  const isBelow = isReadable && rows > 0 && valid / rows < threshold;
  if (isBelow) return t(isOver ? 'report.means.shareOver' : 'report.means.share', { percent });
  return t(isOver ? 'report.means.wholeOver' : 'report.means.whole');
}

/** Whole percent of what is ready, and 100 only when all of it is. */
export function readyPercent({ rows, valid }: Pick<ReportView, 'rows' | 'valid'>): number {
  return rows === 0 ? 0 : Math.floor((valid / rows) * 100);
}

/**
 * How its errors and warnings stand to those of the version before, each counted wherever it stands; the verdict counts
 * kinds of them. What is fixed and what is left are all that were.
 */
export function deltaWords(delta: NonNullable<ServerReport['delta']>, t: TFunction): string {
  const { version, before, after, fixed, still, new: fresh } = delta;
  const since = version === null ? t('report.delta.since.feed') : t('report.delta.since.version', { version });
  if (before === 0 && after === 0) return t('report.delta.nothing', { since });
  const shown = (figure: number) => (figure === 0 ? t('report.delta.none') : count(figure));
  if (fixed === null) return t('report.delta.counted', { since, before: shown(before), after: shown(after) });
  return t('report.delta.told', { since, fixed: shown(fixed), still: shown(still ?? 0), fresh: shown(fresh ?? 0) });
}
