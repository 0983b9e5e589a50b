import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Count, Plan } from './generator.ts';

/** A TypeScript file of this folder as a process of its own, which says `ready` when it is. */
async function spawned(
  file: string,
  args: string[],
): Promise<{ child: ChildProcess; lines: Interface; ready: string }> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const ready = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('ready') && resolve(line));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)));
  });
  return { child, lines, ready };
}

export type PeerServer = { pid: number; url: string; publish(): Promise<unknown>; stop(): void };

export async function startPeer(): Promise<PeerServer> {
  const { child, ready } = await spawned('./peer.ts', []);
  const port = Number(ready.split(' ')[1]);
  return {
    pid: child.pid ?? 0,
    url: `ws://127.0.0.1:${port}/graphql`,
    publish: () => fetch(`http://127.0.0.1:${port}/publish`, { method: 'POST' }),
    stop: () => void child.kill('SIGKILL'),
  };
}

export type Generator = { wait(position: number): Promise<Count>; count(): Promise<Count>; stop(): void };

export async function startGenerator(folder: string, plan: Plan): Promise<Generator> {
  const file = `${folder}/plan-${process.hrtime.bigint()}.json`;
  writeFileSync(file, JSON.stringify(plan), { mode: 0o600 });
  const { child, lines } = await spawned('./generator.ts', [file]);
  const ask = (command: string) =>
    new Promise<Count>((resolve) => {
      lines.once('line', (line) => resolve(JSON.parse(line) as Count));
      child.stdin?.write(`${command}\n`);
    });
  return {
    wait: (position) => ask(`wait ${position}`),
    count: () => ask('count'),
    stop: () => void child.kill('SIGKILL'),
  };
}
