import type { TestApp } from '../support/app.ts';
import type { Session } from '../support/session.ts';

export const inviteMutation = `
  mutation ($input: PersonInviteInput!) {
    personInvite(input: $input) { invitation { id email name role isExpired } userErrors { code field } position }
  }
`;

type Invite = {
  email: string;
  name?: string;
  role?: string;
  accountId?: string | null;
  projectIds?: string[];
  key?: string;
};

/** Asks for an invitation and answers what GraphQL answered. */
export function invite(session: Session, { email, name = 'New Person', role = 'CLIENT_MEMBER', key, ...rest }: Invite) {
  const idempotencyKey = key ?? `invite ${email} ${role}`;
  return session.gql(inviteMutation, { input: { email, name, role, accountId: null, ...rest, idempotencyKey } });
}

/** The id and token in the newest invitation mailed to this address. */
export async function invitationOf(app: TestApp, email: string): Promise<{ id: string; token: string }> {
  const mails = (await app.mails()).filter((mail) => mail.to.includes(email) && mail.text.includes('/invitation?'));
  const url = new URL(/https?:\/\/\S+\/invitation\?\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? 'http://none/');
  const { id = '', token = '' } = Object.fromEntries(url.searchParams);
  return { id, token };
}

export type Posted = { status: number; body: Record<string, unknown>; cookie: string };

/** A POST as our own page makes it. */
export async function posted(session: Session, path: string, body: unknown): Promise<Posted> {
  const response = await session.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    cookie: cookies.find((line) => line.startsWith('slipway_session=')) ?? '',
  };
}

/** Makes somebody of this role by the whole way: invitation, mail, page. */
export async function joinAs(
  app: TestApp,
  inviter: Session,
  invited: Invite & { email: string },
): Promise<{ personId: string; cookie: string }> {
  const { data, errors } = await invite(inviter, invited);
  if (!data?.personInvite.invitation) throw new Error(JSON.stringify([data, errors]));
  const { status, cookie, body } = await posted(
    app.anonymous(),
    '/auth/invitation',
    await invitationOf(app, invited.email),
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  const session = app.anonymous();
  const answer = await session.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query: '{ viewer { person { id } } }' }),
  });
  const { data: who } = (await answer.json()) as { data: { viewer: { person: { id: string } } } };
  return { personId: who.viewer.person.id, cookie };
}
