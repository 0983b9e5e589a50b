import { useEffect } from 'react';

type Shades = {
  accent: string;
  accentHover: string;
  onAccent: string;
  accentText: string;
  accentLine: string;
  accentSurface: string;
  accentSurfaceHover: string;
};

/** Puts the company's colour in the place of ours, in both themes. A constructed sheet needs no leave of the CSP. */
export function useAccent(accent: { light: Shades; dark: Shades } | null | undefined): void {
  const css = accent ? `${rule('light', accent.light)}\n${rule('dark', accent.dark)}` : '';
  useEffect(() => {
    if (css === '') return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [css]);
}

function rule(theme: 'light' | 'dark', shades: Shades): string {
  const lines = Object.entries(shades)
    .filter(([, shade]) => /^#[0-9a-f]{6}$/.test(String(shade)))
    .map(([job, shade]) => `--${job.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${shade};`);
  return `:root[data-mantine-color-scheme="${theme}"] { ${lines.join(' ')} }`;
}
