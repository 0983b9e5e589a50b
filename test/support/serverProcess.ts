import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../server/start.mjs', import.meta.url));

export type Ended = { code: number | null; signal: NodeJS.Signals | null; output: string };

/** The real server as its own process, as `npm start` runs it. */
export type ServerProcess = {
  readonly pid: number;
  /** From spawn to the ready line. */
  readonly readyMs: number;
  readonly url: string;
  output(): string;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ended>;
};

/** The process without waiting for it to be ready; `ready` fails when it ends before. */
export function spawnServer(env: Record<string, string>): {
  process: ChildProcess;
  ready: Promise<ServerProcess>;
  ended: Promise<Ended>;
} {
  const started = performance.now();
  // Node itself and not npm: a SIGKILL has to hit the server and not a parent of it.
  const child = spawn(process.execPath, [main], {
    env: { ...passedOn(), TZ: 'UTC', PORT: '0', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, output }));
  const ready = new Promise<ServerProcess>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const url = /^Slipway is ready at (\S+)$/.exec(line)?.[1];
      if (url === undefined) return;
      resolve({
        pid: child.pid ?? 0,
        readyMs: performance.now() - started,
        url,
        output: () => output,
        signal: (name) => void child.kill(name),
        ended,
      });
    });
    ended.then(() => reject(new Error(`The server ended before it was ready:\n${output}`)), reject);
  });
  // Whoever waits only for the end has no use for it.
  ready.catch(() => {});
  return { process: child, ready, ended };
}

/** Of our own environment only what names places: a setting of the machine is none of a test's. */
function passedOn(): Record<string, string | undefined> {
  const { PATH, HOME, PGHOST, PGPORT, PGUSER } = process.env;
  return { PATH, HOME, PGHOST, PGPORT, PGUSER };
}

export function startServer(env: Record<string, string>): Promise<ServerProcess> {
  return spawnServer(env).ready;
}

/** Signs in as a sample person with the one click of the sign-in page; the answer is the cookie. */
export async function sampleSignIn(url: string, role: 'PM' | 'CLIENT_MEMBER'): Promise<string> {
  const options = await fetch(`${url}/auth/options`, { headers: { origin: url } });
  const { samplePeople } = (await options.json()) as { samplePeople: { id: string; role: string }[] };
  const person = samplePeople.find((one) => one.role === role);
  if (!person) throw new Error(`No sample ${role} is offered at ${url}.`);
  const signedIn = await fetch(`${url}/auth/sample`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ personId: person.id }),
  });
  if (!signedIn.ok) throw new Error(`Sign-in answered ${signedIn.status}: ${await signedIn.text()}`);
  return signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
