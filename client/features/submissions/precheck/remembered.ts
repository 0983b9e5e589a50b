import type { Check, Chosen } from './orders.ts';

/*
 * What was said of a file that is not sent yet, for when the same file is in hand again: its screen was left, or the page
 * loaded anew, which takes the file and not what was said of it. For the tab alone, like the file.
 */
const keyOf = (inputId: string) => `slipway-columns ${inputId}`;

/** The file and what it is judged by; of another one nothing was said. */
function markOf(file: File, { rules, table, profile }: Check): string {
  return JSON.stringify([file.name, file.size, file.lastModified, rules, profile, table]);
}

export function rememberChosen(inputId: string, file: File, check: Check, chosen: Chosen): void {
  try {
    sessionStorage.setItem(keyOf(inputId), JSON.stringify({ mark: markOf(file, check), chosen }));
  } catch {
    // Without room in the browser it counts as long as the page stands.
  }
}

export function chosenBefore(inputId: string, file: File, check: Check): Chosen | null {
  const text = sessionStorage.getItem(keyOf(inputId));
  const kept: { mark: string; chosen: Chosen } | null = text === null ? null : JSON.parse(text);
  return kept?.mark === markOf(file, check) ? kept.chosen : null;
}

export function forgetChosen(inputId: string): void {
  sessionStorage.removeItem(keyOf(inputId));
}
