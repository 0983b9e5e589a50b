import { words } from '../../words/en.ts';
import { oneLine } from '../oneLine.ts';

type Params = Record<string, string>;
type Sentence = (params: Params) => string;

/** The words of a mail: a subject, paragraphs, and one link to follow. */
type MailWords = {
  subject: Sentence;
  before: readonly Sentence[];
  action: Sentence;
  after: readonly Sentence[];
};

const templates = {
  signInLink: words.mail.signInLink,
  signInLinkAndCode: words.mail.signInLinkAndCode,
  invitation: words.mail.invitation,
  invitationKnown: words.mail.invitationKnown,
  handover: words.mail.handover,
  delegateLost: words.mail.delegateLost,
  passwordSet: words.mail.passwordSet,
  passwordRemoved: words.mail.passwordRemoved,
  checkStaysBroken: words.mail.checkStaysBroken,
  feedGivenUp: words.mail.feedGivenUp,
} satisfies Record<string, MailWords>;
export type MailTemplate = keyof typeof templates;

export type RenderedMail = { subject: string; text: string; html: string };

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(templates, name);
}

/** Renders as text and as simple HTML. What people typed is escaped in HTML and cannot break a header. */
export function renderMail(template: MailTemplate, params: Params & { link: string }): RenderedMail {
  const mail: MailWords = templates[template];
  const say = (sentence: Sentence) => oneLine(sentence(params));
  // A sentence that has nothing to say is left out.
  const before = mail.before.map(say).filter((sentence) => sentence !== '');
  const after = mail.after.map(say);
  const action = say(mail.action);
  return {
    subject: say(mail.subject),
    text: [...before, `${action}: ${params.link}`, ...after].join('\n\n').concat('\n'),
    html: page([...before.map(paragraph), button(action, params.link), ...after.map(paragraph)].join('\n')),
  };
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

/** The address stands below in full: what a link says and where it goes can be compared. */
function button(label: string, link: string): string {
  const href = escaped(link);
  const look =
    'display:inline-block;padding:10px 18px;background:#0f5f5c;color:#fff;border-radius:6px;text-decoration:none';
  return `<p><a href="${href}" style="${look}">${escaped(label)}</a></p>\n<p style="color:#666;font-size:13px">${href}</p>`;
}

function page(body: string): string {
  const look = 'font:16px/1.5 system-ui,sans-serif;color:#222;max-width:36em';
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head><body style="${look}">\n${body}\n</body></html>\n`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
