import { get } from '../../api/post.ts';

export type SamplePerson = { id: string; name: string; role: string; accountName: string | null };
export type SignInOptions = { company: string; samplePeople: SamplePerson[] };

/** What the sign-in page may know before anybody is signed in; null when the server did not answer. */
export async function loadSignInOptions(): Promise<SignInOptions | null> {
  const answer = await get<{ company: { name: string }; samplePeople: SamplePerson[] }>('/auth/options');
  if (!answer.ok) return null;
  return { company: answer.body.company.name, samplePeople: answer.body.samplePeople };
}
