import type { TFunction } from 'i18next';
import { count } from '../../../words/format.ts';
import { type ReportView, type ServerReport, toFix } from './view.ts';

const units = { 'product-feed': 'products', 'order-history': 'orders', 'subscriber-list': 'people' } as const;
type Unit = (typeof units)[keyof typeof units] | 'rows';

function unitOf(rules: string | null): Unit {
  return rules !== null && Object.hasOwn(units, rules) ? units[rules as keyof typeof units] : 'rows';
}

/** The verdict in one sentence: how much is ready, and how much there is to do. */
export function verdictSentence(report: ReportView, t: TFunction): string {
  const { rules, rows, valid, findings } = report;
  if (!report.isReadable) return t('report.unreadable');
  if (rows === 0) return t('report.noRows');
  const unit = unitOf(rules);
  const figures = { count: rows, rows: count(rows), valid: count(valid) };
  const ready = rows === valid ? t(`report.allReady.${unit}`, figures) : t(`report.ready.${unit}`, figures);
  const things = toFix(report);
  if (things === 0) return t('report.sentenceAlone', { ready });
  const hasErrors = findings.some((finding) => finding.severity === 'ERROR');
  return t('report.sentence', {
    ready,
    things: t(hasErrors ? 'report.toFix' : 'report.toMend', { count: things }),
  });
}

/** What the verdict means for what comes next. */
export function verdictMeaning({ verdict, isReadable, rows, valid, threshold }: ReportView, t: TFunction): string {
  if (verdict !== 'REJECTED') return t(`report.means.${verdict}`);
  const isBelow = isReadable && rows > 0 && valid / rows < threshold;
  return isBelow ? t('report.means.share', { percent: Math.round(threshold * 1000) / 10 }) : t('report.means.whole');
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
