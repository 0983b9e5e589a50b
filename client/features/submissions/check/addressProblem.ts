/** Only what is plain to see; whatever else is wrong the server says. */
export function addressProblem(url: string): 'empty' | 'invalid' | 'withPassword' | null {
  if (url === '') return 'empty';
  if (!/^https?:\/\//i.test(url)) return 'invalid';
  if (!URL.canParse(url)) return null;
  const { username, password } = new URL(url);
  return username || password ? 'withPassword' : null;
}
