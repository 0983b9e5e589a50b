/** What the examples of the guide are filled with: this installation, and things that the reader can see. */
export type Fill = { origin: string; projectId: string; taskId: string };

export type Language = 'curl' | 'js';
export type Section = { title: string; id: string; text: string };

const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm;

/** An example of the guide, as it stands there. `info` says what a run of it prints, and whether it is refused. */
export type Example = { language: string; info: string; code: string };

/** The examples of a text, in order. The helper of JavaScript is the function of the first one, which the others use. */
export function examplesOf(text: string): Example[] {
  return [...text.matchAll(fence)].map(([, language = '', info = '', code = '']) => ({ language, info, code }));
}

/** The text with everything filled in, so that each example runs as it stands. */
export function filled(text: string, { origin, projectId, taskId }: Fill): string {
  const values: Readonly<Record<string, string>> = {
    helper: helperOf(text),
    origin,
    socket: origin.replace(/^http/, 'ws'),
    projectId,
    taskId,
  };
  // Twice: the helper itself names the origin.
  const once = (given: string) => given.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  return once(once(text));
}

function helperOf(text: string): string {
  return /^async function slipway[\s\S]*?^}$/m.exec(text)?.[0] ?? '';
}

/** The parts under their headings, with the examples of one language alone where there are both. */
export function sectionsOf(text: string, language: Language): Section[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...rest] = part.split('\n');
      const other = language === 'curl' ? 'js' : 'curl';
      const body = rest.join('\n');
      const isInBoth = examplesOf(body).some((example) => example.language === language);
      const id = title.toLowerCase().replaceAll(/\W+/g, '-');
      return { title, id, text: isInBoth ? without(body, other) : body };
    });
}

function without(text: string, language: Language): string {
  return text.replaceAll(fence, (whole, name: string) => (name === language ? '' : whole));
}
