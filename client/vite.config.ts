import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Assets carry their hash, so the server may let browsers keep them for ever; nothing is inlined: the page's CSP says 'self'. */
export default defineConfig({
  root: here,
  plugins: [react()],
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: fileURLToPath(new URL('../dist/client', import.meta.url)),
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every screen is built of. Left to itself each part becomes a file of its own as soon as one more lazy
            // screen shares it, and many small files compress worse than one.
            {
              name: 'kit',
              test: /[\\/]@mantine[\\/]core[\\/]esm[\\/](core|components[\\/](Menu|Popover|Portal|Input|Tooltip|Loader|Button|ActionIcon|CloseButton|UnstyledButton|VisuallyHidden|FocusTrap|Transition))[\\/]/,
            },
          ],
        },
      },
      // GraphiQL is written for a compiler that we do not use; its marks for it mean nothing here.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  // The explorer's editor has workers that load their parts when they need them.
  worker: { format: 'es' },
  server: { fs: { allow: [fileURLToPath(new URL('..', import.meta.url))] } },
});
