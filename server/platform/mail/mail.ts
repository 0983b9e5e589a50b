import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { words } from '../../words/en.ts';
import type { Tx } from '../database/transaction.ts';
import { oneLine } from '../oneLine.ts';
import type { Services } from '../services.ts';
import { isMailTemplate, type MailTemplate, type RenderedMail, renderMail } from './render.ts';

const jobKind = 'mail.send';

export type Mail = {
  /** Null: nobody. The job is made all the same, so that asking for an unknown address takes as long as for a known one. */
  to: { email: string; name: string } | null;
  template: MailTemplate;
  params: Record<string, string> & { link: string };
};

type Envelope = { id: string; to: { email: string; name: string } };
type Mailer = (envelope: Envelope, mail: RenderedMail & { link: string }) => Promise<void>;

const sealedMail = z.object({
  to: z.object({ email: z.string(), name: z.string() }).nullable(),
  template: z.string().refine(isMailTemplate),
  params: z.record(z.string(), z.string()).and(z.object({ link: z.string() })),
});

/** Sends once the transaction has committed. The job's row holds the mail sealed: links in it are as good as keys. */
export async function mailSend(tx: Tx, services: Services, mail: Mail): Promise<void> {
  await services.jobs.enqueue(tx, jobKind, {
    id: uuidv7(),
    sealed: services.secrets.seal(jobKind, JSON.stringify(mail)),
  });
}

/** Whom mails say that they come from; the address itself is the installation's. */
export type MailSender = () => Promise<{ name: string | null; replyTo: string | null }>;

/** Registers the sending of mail. `print` gets the lines for the terminal when no SMTP server is set. */
export function mailJobs(services: Services, sender: MailSender, print: (line: string) => void = printLine): void {
  const send = createMailer(services, sender, print);
  services.jobs.handle(jobKind, async (payload) => {
    const { id, sealed } = z.object({ id: z.uuid(), sealed: z.string() }).parse(payload);
    const { to, template, params } = sealedMail.parse(JSON.parse(services.secrets.open(jobKind, sealed)));
    if (to === null) return;
    await send({ id, to }, { ...renderMail(template, params), link: params.link });
  });
}

function createMailer(services: Services, sender: MailSender, print: (line: string) => void): Mailer {
  const { smtpUrl } = services.config;
  return smtpUrl === null ? fileMailer(services, sender, print) : smtpMailer(services, sender, smtpUrl);
}

function smtpMailer(services: Services, sender: MailSender, smtpUrl: string): Mailer {
  const transport = createTransport(smtpUrl);
  return async (envelope, mail) => {
    await transport.sendMail(message(services, await sender(), envelope, mail));
  };
}

/** Without a mail server: a file per mail in `DATA_DIR/mail`, and a line in the terminal of whoever runs Slipway. */
function fileMailer(services: Services, sender: MailSender, print: (line: string) => void): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const folder = join(services.config.dataDir, 'mail');
  return async (envelope, mail) => {
    const sent = await transport.sendMail(message(services, await sender(), envelope, mail));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${envelope.id}.eml`);
    // Renamed when whole, so that nobody reads half a mail; a second try writes the same name.
    await writeFile(`${path}.part`, sent.message as Buffer, { mode: 0o600 });
    await rename(`${path}.part`, path);
    print(words.mail.printed({ to: oneLine(envelope.to.email), path }));
    // Whoever reads this terminal owns the machine; under a public address the terminal is a log, and logs hold no links.
    if (services.config.publicUrl === null) print(words.mail.printedLink({ link: mail.link }));
  };
}

/** One recipient, as an object: nodemailer would read several out of a text with commas. */
function message(
  services: Services,
  { name, replyTo }: Awaited<ReturnType<MailSender>>,
  { id, to }: Envelope,
  mail: RenderedMail,
) {
  const { subject, text, html } = mail;
  const { mailFrom } = services.config;
  return {
    from: name === null ? mailFrom : { name: oneLine(name), address: addressOf(mailFrom) },
    ...(replyTo === null ? {} : { replyTo: { name: '', address: oneLine(replyTo) } }),
    to: { name: oneLine(to.name), address: oneLine(to.email) },
    subject,
    text,
    html,
    date: services.clock.now(),
    // The same on a second try, so that a mailbox shows the mail once.
    messageId: `<${id}@${new URL(services.publicOrigin()).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `Slipway <mail@x.example>` -> `mail@x.example` */
function addressOf(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
