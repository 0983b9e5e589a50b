import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** One script and one style: the server writes both into the frame's page, which may load nothing. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  publicDir: false,
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
