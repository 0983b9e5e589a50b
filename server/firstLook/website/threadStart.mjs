// A thread starts without its parent's loader and could not read TypeScript: what it runs is compiled once, into one file.
import { importCompiled } from '../../platform/threads/compiled.mjs';

await importCompiled(new URL('./pageThread.ts', import.meta.url));
