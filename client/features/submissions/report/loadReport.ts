import { withReportWords } from './withWords.ts';

/** The part that shows a finished report. Asked for while a check runs, it is there when the verdict is. */
export const loadReport = () => withReportWords(import('./SubmissionReport.tsx'));
