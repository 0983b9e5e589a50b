import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Ten shades that are one token: theme.css names each tone by its meaning, so the kit's scale has nothing to add. */
const token = (name: string): MantineColorsTuple => {
  const shade = `var(--${name})`;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
};

/** The kit's behaviour. Colours and sizes stand in theme.css; this only tells Mantine which of its own names to use. */
export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: token('accent'), bad: token('bad-fill') },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: {
      // Beside what it tells of, and so inside of the landmark that this stands in.
      defaultProps: {
        openDelay: 300,
        withArrow: false,
        withinPortal: false,
        events: { hover: true, focus: true, touch: true },
      },
    },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', transitionProps: { duration: 120 } } },
  },
});
