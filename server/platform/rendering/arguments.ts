import { delimiter } from 'node:path';

/*
 * How Chromium is started for pages of people whom nobody knows. All that it asks for is answered by us (answers.ts); what
 * stands here is the second wall, for whatever would not ask us: sockets, WebRTC, prefetching, the browser's own errands.
 */

/** A proxy with a name that nobody has: what goes to the network goes there, and gets nowhere. */
const nowhere = 'http://nowhere.invalid:9';

const walls = [
  `--proxy-server=${nowhere}`,
  // Without this, what is on this machine would be asked past the proxy.
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-quic',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--block-new-web-contents',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--no-pings',
];

const quiet = [
  '--headless',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--mute-audio',
  '--no-default-browser-check',
  '--no-first-run',
  // Megabytes of JavaScript objects of one page.
  '--js-flags=--max-old-space-size=256',
  '--remote-debugging-pipe',
];

export function chromiumArguments(profile: string, hasSandbox: boolean): string[] {
  return [...quiet, ...walls, `--user-data-dir=${profile}`, ...(hasSandbox ? [] : ['--no-sandbox']), 'about:blank'];
}

/** Nothing of our own environment: it holds the master key and the way to the database. */
export function chromiumEnvironment(profile: string): NodeJS.ProcessEnv {
  const path = process.env.PATH ?? ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  return {
    PATH: path,
    HOME: profile,
    TMPDIR: profile,
    XDG_CONFIG_HOME: profile,
    XDG_CACHE_HOME: profile,
    LANG: 'C.UTF-8',
  };
}

export type Owner = {
  readonly ids: { readonly uid: number; readonly gid: number } | null;
  readonly hasSandbox: boolean;
};

/** `nobody`, who owns nothing. */
const nobody = { uid: 65_534, gid: 65_534 };

/**
 * As whom it runs, the best first. As root Chromium has no sandbox, so root starts it as nobody; without a sandbox only
 * where the machine lets nobody have one (some containers), and never with the rights of our own files.
 */
export function ownersFor(uid: number | undefined): readonly Owner[] {
  if (uid !== 0) return [{ ids: null, hasSandbox: true }];
  return [
    { ids: nobody, hasSandbox: true },
    { ids: nobody, hasSandbox: false },
  ];
}
