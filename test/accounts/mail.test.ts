import { readdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { personAdd } from '../../server/accounts/commands.ts';
import { transaction } from '../../server/platform/database/transaction.ts';
import { mailSend } from '../../server/platform/mail/mail.ts';
import { renderMail } from '../../server/platform/mail/render.ts';
import { oneLine } from '../../server/platform/oneLine.ts';
import { clientEmail, startSignInApp } from './signInApp.ts';

const params = {
  company: 'Acme',
  name: 'Jana',
  minutes: '15',
  link: 'http://localhost:4000/sign-in/link?id=1&token=2',
};

test('without SMTP a mail is a file, and the terminal names it and the link', async () => {
  const app = await startSignInApp();
  const { url } = await app.link();
  const folder = join(app.services.config.dataDir, 'mail');
  const files = readdirSync(folder);
  expect(files).toHaveLength(1);
  expect(statSync(join(folder, files[0]!)).mode & 0o777).toBe(0o600);
  expect(app.printed).toEqual([`Mail for ${clientEmail}: ${join(folder, files[0]!)}`, `  ${url}`]);
  const [mail] = await app.mails();
  expect(mail).toMatchObject({ subject: 'Sign in to Acme', to: `Jana <${clientEmail}>` });
  expect(mail!.text).toContain(`Sign in: ${url}`);
  await app.close();
});

test('under a public address the terminal is a log, and holds no link', async () => {
  const app = await startSignInApp({ publicUrl: 'https://slipway.example.com' });
  const { url, token } = await app.link();
  expect(new URL(url).origin).toBe('https://slipway.example.com');
  expect(app.printed.join('\n')).not.toContain(token);
  await app.close();
});

test('a mail that is sent twice after a crash is one mail with one Message-ID', async () => {
  const app = await startSignInApp();
  await app.ask('/auth/link', { body: { email: clientEmail } });
  const job = app.enqueued.find(({ kind }) => kind === 'mail.send')!;
  app.enqueued.push({ ...job });
  const mails = await app.mails();
  expect(mails).toHaveLength(1);
  expect(mails[0]!.headers.get('message-id')).toBe(`<${job.payload.id}@localhost>`);
  await app.close();
});

test('a changed job is refused', async () => {
  const app = await startSignInApp();
  await app.ask('/auth/link', { body: { email: clientEmail } });
  const job = app.enqueued.find(({ kind }) => kind === 'mail.send')!;
  job.payload.sealed = `A${job.payload.sealed!.slice(1, -1)}A`;
  await expect(app.mails()).rejects.toThrow();
  await app.close();
});

test('[O12] line breaks and commas in a name or subject make no header and no second recipient', async () => {
  const app = await startSignInApp();
  const name = 'Eve\r\nBcc: all@x.example, <evil@y.example>';
  await personAdd(app.services, null, {
    email: 'eve@nordlicht.example',
    name,
    role: 'CLIENT_MEMBER',
    accountId: app.accountId,
    timeZone: 'UTC',
    isSample: true,
  });
  await app.link('eve@nordlicht.example');
  await transaction(app.services, (tx) =>
    mailSend(tx, app.services, {
      to: { email: 'eve@nordlicht.example', name: 'Eve' },
      template: 'signInLink',
      params: { ...params, company: 'Acme\r\nBcc: all@x.example' },
    }),
  );
  const mails = await app.mails();
  expect(mails).toHaveLength(2);
  for (const mail of mails) {
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.headers.get('to')).toMatch(/<eve@nordlicht\.example>$/);
    expect(
      mail.headers
        .get('to')!
        .match(/<[^<>]*>/g)!
        .at(-1),
    ).toBe('<eve@nordlicht.example>');
  }
  expect(mails[1]!.subject).toBe('Sign in to Acme Bcc: all@x.example');
  await app.close();
});

test('[O13] HTML in a name is text in the mail, and the link says where it goes', () => {
  const { html, text } = renderMail('signInLink', { ...params, name: '<img src=x onerror=alert(1)> & "Co"' });
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;');
  expect(html).toContain(`href="${params.link.replace('&', '&amp;')}"`);
  expect(text).toContain(params.link);
});

test('control characters and reversed text do not survive in one line', () => {
  expect(oneLine('a\u0000b\tc\r\nd\u2028e\u202ef')).toBe('a b c d e f');
});

test('with SMTP the mail goes to the server, once to one recipient, and nothing is printed', async () => {
  const sink = await smtpSink();
  const app = await startSignInApp({ smtpUrl: `smtp://127.0.0.1:${sink.port}` });
  await app.ask('/auth/link', { body: { email: clientEmail } });
  await app.services.jobs.runDue();
  expect(sink.recipients).toEqual([`<${clientEmail}>`]);
  expect(sink.data()).toContain('Subject: Sign in to Acme');
  expect(app.printed).toEqual([]);
  await app.close();
  sink.server.close();
});

test('a mail server that refuses leaves the job to be tried again', async () => {
  const sink = await smtpSink('421 later');
  const app = await startSignInApp({ smtpUrl: `smtp://127.0.0.1:${sink.port}` });
  await app.ask('/auth/link', { body: { email: clientEmail } });
  await expect(app.services.jobs.runDue()).rejects.toThrow('421');
  await app.close();
  sink.server.close();
});

type Sink = { port: number; recipients: string[]; data(): string; server: Server };

/** As much of a mail server as one mail needs. */
function smtpSink(onRecipient = '250 ok'): Promise<Sink> {
  const recipients: string[] = [];
  let data = '';
  const server = createServer((socket) => {
    let isData = false;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (isData) {
        if (line !== '.') data += `${line}\n`;
        else {
          isData = false;
          say('250 kept');
        }
        return;
      }
      if (/^EHLO/i.test(line)) return say('250 sink');
      if (/^RCPT TO:/i.test(line)) {
        recipients.push(line.slice('RCPT TO:'.length));
        return say(onRecipient);
      }
      if (/^DATA/i.test(line)) {
        isData = true;
        return say('354 go on');
      }
      return say(/^QUIT/i.test(line) ? '221 bye' : '250 ok');
    };
    say('220 sink');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, recipients, data: () => data, server });
    });
  });
}
