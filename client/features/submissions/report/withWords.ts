import { getI18n } from 'react-i18next';

/** A part of a screen that shows reports, with their words. */
export async function withReportWords<Part>(part: Promise<Part>): Promise<Part> {
  const [loaded, { addReportWords }] = await Promise.all([part, import('../../../words/reports.ts')]);
  addReportWords(getI18n());
  return loaded;
}
