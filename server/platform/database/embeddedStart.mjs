// A thread starts without its parent's loader and could not read TypeScript: what it runs is compiled once, into one file.
import { importCompiled } from '../threads/compiled.mjs';

await importCompiled(new URL('./embeddedWorker.ts', import.meta.url));
