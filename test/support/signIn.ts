import type { App } from '../../server/app.ts';
import { Session } from './session.ts';

/** A session without the walk through the mail: the one-click sign-in of sample people. */
export async function directSession(app: App, person: string): Promise<Session> {
  const response = await fetch(`${app.url}/auth/sample`, {
    method: 'POST',
    headers: { origin: app.url, 'content-type': 'application/json' },
    body: JSON.stringify({ personId: person }),
    redirect: 'manual',
  });
  const cookie = response.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  if (cookie === '') throw new Error(`Sign-in of ${person} answered ${response.status}.`);
  return new Session(app.url, cookie, person);
}
