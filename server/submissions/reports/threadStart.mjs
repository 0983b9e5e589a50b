// A thread starts without its parent's loader and could not read TypeScript: this file brings it one.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
