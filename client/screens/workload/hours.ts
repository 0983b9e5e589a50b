import { figure } from '../../words/format.ts';

/** Minutes as hours, to a tenth: "12.5". */
export function hours(minutes: number): string {
  return figure(Math.round(minutes / 6) / 10);
}
