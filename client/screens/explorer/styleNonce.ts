/**
 * The editor writes its colours into style elements of its own and knows no nonce, without which the page's content
 * security policy drops them. From here on a style element that this page makes carries the page's nonce, as those of
 * the kit do. The policy stays as strict as it is for everybody else.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
const create = document.createElement.bind(document);

document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options);
  if (element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
}) as typeof document.createElement;

export {};
