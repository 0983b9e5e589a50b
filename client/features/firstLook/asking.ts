import type { AskProblem, Mock } from '../../frame/protocol.ts';
import type { Answer, Ask } from '../../frame/shapes.ts';

/** Where a product's picture is, or the logo's where there is no product. */
export function pictureAddress(projectId: string, productId: string | null, run: number): string {
  const what = productId === null ? 'logo' : `images/${encodeURIComponent(productId)}`;
  return `/first-look/${projectId}/${what}?run=${run}`;
}

type Outcome = { answer: Answer } | { code: AskProblem };

/** Asks the server one question of a mock. */
export async function asked(projectId: string, kind: Mock['kind'], ask: Ask, signal: AbortSignal): Promise<Outcome> {
  try {
    const query = new URLSearchParams({ mock: kind, ask: JSON.stringify(ask) });
    const response = await fetch(`/first-look/${projectId}/ask?${query}`, { signal, credentials: 'same-origin' });
    if (response.ok) return { answer: (await response.json()) as Answer };
    return { code: problemOf(response.status) };
  } catch {
    return { code: signal.aborted ? 'STALE' : 'OFFLINE' };
  }
}

function problemOf(status: number): AskProblem {
  if (status === 409) return 'NOT_READY';
  if (status === 429) return 'BUSY';
  return status === 404 || status === 401 || status === 403 ? 'GONE' : 'BROKEN';
}
