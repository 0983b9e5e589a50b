import { expect, vi } from 'vitest';
import { drivesBrowser } from './chromium.ts';

// A browser needs longer, and whoever comes first makes the sample company for all, while the other waits for it.
if (drivesBrowser(expect.getState().testPath ?? '')) vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
else vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
