import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const shell = 'chromium-headless-shell';
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Whether the test file of this path is one that drives a browser through screens. */
export function drivesBrowser(path: string): boolean {
  return path.includes('/test/e2e/') || /\.browser\.test\.tsx?$/.test(path);
}

/** The Chromium of this machine: `CHROMIUM` when set, else the first on PATH; null when there is none. */
export function chromiumExecutable(): string | null {
  return firstOf(names);
}

/**
 * The same engine without the windows around it, which takes a third less of the processor; where it is not installed,
 * Chromium itself. Tab does not come back to the page out of its frames.
 */
export function shellExecutable(): string | null {
  return firstOf([shell, ...names]);
}

function firstOf(names: readonly string[]): string | null {
  const chosen = process.env.CHROMIUM;
  if (chosen) return existsSync(chosen) ? chosen : null;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}

/** Chromium takes the last list of features alone, so those that Playwright turns off are named here once more. */
const featuresOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  // The list below the address bar is a page of its own, loaded for every window, which nobody here ever opens.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

/** Quiet, without a sandbox only where Chromium refuses to have one (root), and calling nobody. */
export function chromiumArguments(): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
    `--disable-features=${featuresOff.join(',')}`,
  ];
}
