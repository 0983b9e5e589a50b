import { useTranslation } from 'react-i18next';
import { count } from '../../../words/format.ts';

type Props = { rows: number; errors: number; warnings: number };

/** What was counted so far, as figures beside each other: errors and warnings are not the same thing. */
export function SoFar({ rows, errors, warnings }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <span>{t('report.live.rows', { count: rows, rows: count(rows) })}</span>
      {errors > 0 && <span data-tone="bad">{t('report.live.errors', { count: errors, shown: count(errors) })}</span>}
      {warnings > 0 && (
        <span data-tone="care">{t('report.live.warnings', { count: warnings, shown: count(warnings) })}</span>
      )}
      {errors + warnings === 0 && <span>{t('report.live.clean')}</span>}
    </>
  );
}
