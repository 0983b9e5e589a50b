const allowedSchemes = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address as a browser will read it, when it may be followed; else null. Read by the browser's own parser, which
 * drops tabs and newlines and folds the case, so that no spelling of `javascript:` passes. Relative addresses are none:
 * in a note they could only mean our own pages.
 */
export function safeHref(href: unknown): string | null {
  if (typeof href !== 'string' || !URL.canParse(href)) return null;
  const url = new URL(href);
  return allowedSchemes.has(url.protocol) ? url.href : null;
}

/** What a person typed as an address: `example.com` and `jo@example.com` are completed. Null when it is none. */
export function typedHref(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  const asItIs = safeHref(text);
  if (asItIs) return asItIs;
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)) return null;
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(text)) return safeHref(`mailto:${text}`);
  return /^[^/?#]+\.[^/?#]+/.test(text) ? safeHref(`https://${text}`) : null;
}
