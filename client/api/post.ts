/** The answer of one of the plain endpoints: what it said, or why not (`code` is the server's, or OFFLINE). */
export type Answer<Body> = { ok: true; body: Body } | { ok: false; status: number; code: string };

/** No other site can send it without being asked first. */
const ownRequest = { 'x-slipway-csrf': '1' };

async function answerOf<Body>(asked: Promise<Response>): Promise<Answer<Body>> {
  const response = await asked.catch(() => null);
  if (!response) return { ok: false, status: 0, code: 'OFFLINE' };
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, body: body as Body };
  return { ok: false, status: response.status, code: codeIn(body) };
}

function codeIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return 'UNKNOWN';
  const { code, error } = body as { code?: unknown; error?: unknown };
  if (typeof code === 'string') return code;
  return typeof error === 'object' && error !== null ? codeIn(error) : 'UNKNOWN';
}

export function post<Body>(path: string, input: unknown = {}): Promise<Answer<Body>> {
  return answerOf(
    fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...ownRequest, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    }),
  );
}

export function get<Body>(path: string): Promise<Answer<Body>> {
  return answerOf(fetch(path, { credentials: 'same-origin' }));
}

/** Replaces what stands under a path by a file's bytes. */
export function sendBytes<Body>(path: string, file: File): Promise<Answer<Body>> {
  return answerOf(fetch(path, { method: 'PUT', credentials: 'same-origin', headers: ownRequest, body: file }));
}

/** Removes what stands under a path. */
export function remove<Body>(path: string): Promise<Answer<Body>> {
  return answerOf(fetch(path, { method: 'DELETE', credentials: 'same-origin', headers: ownRequest }));
}
