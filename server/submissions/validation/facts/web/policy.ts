/** Whether a Content-Security-Policy lets a page load from an address. Several policies (parted by commas) must all agree. */
export function allows(
  policies: readonly string[],
  directive: 'script-src' | 'connect-src' | 'img-src',
  address: string,
  page: string,
): boolean {
  return policies.flatMap((policy) => policy.split(',')).every((policy) => allowsOne(policy, directive, address, page));
}

function allowsOne(policy: string, directive: string, address: string, page: string): boolean {
  const directives = new Map<string, string[]>();
  for (const part of policy.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  const fallbacks =
    directive === 'script-src' ? ['script-src-elem', 'script-src', 'default-src'] : [directive, 'default-src'];
  const sources = fallbacks.map((name) => directives.get(name)).find((found) => found !== undefined);
  if (sources === undefined) return true;
  // Scripts that the page's own scripts add are allowed by 'strict-dynamic'; so are those that carry the nonce.
  if (directive === 'script-src' && sources.some((source) => /^'(strict-dynamic|nonce-)/i.test(source))) return true;
  return sources.some((source) => fits(source.toLowerCase(), new URL(address), new URL(page)));
}

function fits(source: string, address: URL, page: URL): boolean {
  if (source === '*') return /^(https?|wss?):$/.test(address.protocol);
  if (source === "'self'") return address.origin === page.origin;
  if (/^[a-z][a-z0-9+.-]*:$/.test(source))
    return address.protocol === source || (source === 'http:' && address.protocol === 'https:');
  const [, scheme, host = '', port, path] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(\/.*)?$/.exec(source) ?? [];
  if (host === '' || host.startsWith("'")) return false;
  if (
    scheme !== undefined &&
    `${scheme}:` !== address.protocol &&
    !(scheme === 'http' && address.protocol === 'https:')
  )
    return false;
  const fitsHost = host.startsWith('*.') ? address.hostname.endsWith(host.slice(1)) : host === address.hostname;
  const fitsPort = port === undefined ? address.port === '' : port === '*' || port === address.port;
  const fitsPath =
    path === undefined ||
    path === '/' ||
    (path.endsWith('/') ? address.pathname.startsWith(path) : address.pathname === path);
  return fitsHost && fitsPort && fitsPath;
}
