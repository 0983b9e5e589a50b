// `npm start`: the server, compiled into one file when a source has changed since.
import { importCompiled } from './platform/threads/compiled.mjs';

process.setSourceMapsEnabled(true);
await importCompiled(new URL('./main.ts', import.meta.url));
