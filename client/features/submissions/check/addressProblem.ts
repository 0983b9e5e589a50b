/** Only what is plain to see; the server has the last word. */
export function addressProblem(url: string): 'empty' | 'invalid' | 'withPassword' | null {
  if (url === '') return 'empty';
  if (!/^https?:\/\/[^\s/]+\.[^\s/]+/i.test(url) || !URL.canParse(url)) return 'invalid';
  const { username, password } = new URL(url);
  return username || password ? 'withPassword' : null;
}
