import type { EnumOf } from '../../api/graphql.ts';
import { get } from '../../api/post.ts';

export type SamplePerson = {
  id: string;
  name: string;
  role: EnumOf<'Role'>;
  accountName: string | null;
  isStaff: boolean;
};
export type SignInOptions = {
  company: string;
  samplePeople: SamplePerson[];
  /** Whether nobody is here yet, and the first one comes by the link in the terminal. */
  isFresh: boolean;
};

/** What the sign-in page may know before anybody is signed in; null when the server did not answer. */
export async function loadSignInOptions(): Promise<SignInOptions | null> {
  const answer = await get<{ company: { name: string }; samplePeople: SamplePerson[]; isFresh: boolean }>(
    '/auth/options',
  );
  if (!answer.ok) return null;
  const { company, samplePeople, isFresh } = answer.body;
  return { company: company.name, samplePeople, isFresh };
}
