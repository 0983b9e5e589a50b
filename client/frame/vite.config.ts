import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ownJsx = fileURLToPath(new URL('jsx.ts', import.meta.url));
/** Elements are made through `jsx.ts`, which says why. */
const jsxByName: Plugin = {
  name: 'jsx-by-name',
  enforce: 'pre',
  resolveId: (id, importer) => (id === 'react/jsx-runtime' && importer !== ownJsx ? ownJsx : null),
};

/** One script and one style: the server writes both into the frame's page, which may load nothing. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [jsxByName, react()],
  publicDir: false,
  // Nothing else has classes there: a file's own name tells them apart, and packs better than what is made up.
  // A frame without an origin has no tools of developers, and no other way to wait than its channel.
  define: { __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined', setImmediate: 'undefined' },
  css: { modules: { generateScopedName: (name, file) => `${basename(file, '.module.css')}-${name}` } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/client/frame', import.meta.url)),
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('main.tsx', import.meta.url)),
      output: { format: 'iife', entryFileNames: 'frame.js', assetFileNames: 'frame[extname]' },
    },
  },
});
