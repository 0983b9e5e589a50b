import { createSocket } from 'node:dgram';

/** A record as tests write it: `A 127.0.0.1`, `CNAME target`, `MX 10 mail`, `TXT one|two` (strings parted by `|`), `CAA 0 issue ca.test`. */
export type Zone = Record<string, readonly string[]>;

export type TestDns = {
  /** 127.0.0.1:<port> */
  readonly address: string;
  readonly port: number;
  /** What was asked, `name TYPE`, in order. */
  readonly asked: string[];
  zone: Zone;
  close(): Promise<void>;
};

const codes: Record<string, number> = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, CAA: 257 };

/**
 * A name server of one process: answers UDP from a table, follows CNAMEs within it, says NXDOMAIN for names it does not
 * have, and nothing at all for names under `silent.test`. Long answers are not cut: loopback carries them.
 */
export async function startDns(zone: Zone): Promise<TestDns> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  const server: TestDns = {
    address: `127.0.0.1:${port}`,
    port,
    asked: [],
    zone,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on('message', (message, from) => {
    const { name, type, end } = questionOf(message);
    server.asked.push(`${name} ${Object.keys(codes).find((key) => codes[key] === type) ?? type}`);
    if (name.endsWith('silent.test')) return;
    const answers = answersOf(server.zone, name, type);
    const header = Buffer.alloc(12);
    message.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8580 | (server.zone[name] === undefined && answers.length === 0 ? 3 : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, message.subarray(12, end), ...answers]), from.port, from.address);
  });
  return server;
}

function questionOf(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.subarray(at + 1, at + 1 + length).toString());
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answersOf(zone: Zone, asked: string, type: number): Buffer[] {
  const answers: Buffer[] = [];
  let name = asked;
  for (let hops = 0; hops < 20; hops++) {
    const records = zone[name] ?? [];
    const alias = records.find((record) => record.startsWith('CNAME '));
    answers.push(...records.filter((record) => codes[record.split(' ')[0]!] === type).map((r) => recordOf(name, r)));
    if (alias === undefined || type === codes.CNAME) break;
    answers.push(recordOf(name, alias));
    name = alias.slice(6).replace(/\.$/, '').toLowerCase();
  }
  return answers;
}

function recordOf(name: string, record: string): Buffer {
  const space = record.indexOf(' ');
  const type = record.slice(0, space);
  const data = dataOf(type, record.slice(space + 1));
  const head = Buffer.alloc(10);
  head.writeUInt16BE(codes[type]!, 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt32BE(60, 4);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameOf(name), head, data]);
}

function dataOf(type: string, value: string): Buffer {
  const words = value.split(' ');
  switch (type) {
    case 'A':
      return Buffer.from(value.split('.').map(Number));
    case 'AAAA':
      return ipv6(value);
    case 'TXT':
      return Buffer.concat(
        value.split('|').map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])),
      );
    case 'MX':
      return Buffer.concat([Buffer.from([0, Number(words[0])]), nameOf(words[1]!)]);
    case 'CAA':
      return Buffer.concat([
        Buffer.from([Number(words[0]), words[1]!.length]),
        Buffer.from(words.slice(1, 2).join('')),
        Buffer.from(words.slice(2).join(' ')),
      ]);
    case 'SOA':
      return Buffer.concat([nameOf(words[0]!), nameOf('admin.test'), soaNumbers(Number(words[1]))]);
    default:
      return nameOf(value);
  }
}

function soaNumbers(minttl: number): Buffer {
  const numbers = Buffer.alloc(20);
  [1, 3600, 600, 86_400, minttl].forEach((number, index) => {
    numbers.writeUInt32BE(number, index * 4);
  });
  return numbers;
}

function ipv6(text: string): Buffer {
  const [head = '', tail = ''] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const gap = new Array(8 - groups(head).length - groups(tail).length).fill(0);
  const all = Buffer.alloc(16);
  [...groups(head), ...gap, ...groups(tail)].forEach((group, index) => {
    all.writeUInt16BE(group, index * 2);
  });
  return all;
}

function nameOf(name: string): Buffer {
  const labels = name.replace(/\.$/, '').split('.').filter(Boolean);
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}
