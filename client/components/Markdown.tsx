import { useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './CodeBlock.tsx';
import styles from './Markdown.module.css';

type Props = { text: string; tableLabel: string };

const allowedProtocols = ['http:', 'https:', 'mailto:'];
const plugins = [remarkGfm];

/** Markdown that people wrote: no HTML, no pictures, no address but those of pages and mail. Load it lazily, it is large. */
export function MarkdownText({ text, tableLabel }: Props) {
  const components = useMemo(() => componentsWith(tableLabel), [tableLabel]);
  return (
    <div className={styles.text}>
      <Markdown
        remarkPlugins={plugins}
        components={components}
        urlTransform={safeUrl}
        disallowedElements={['img']}
        skipHtml
      >
        {text}
      </Markdown>
    </div>
  );
}

function safeUrl(address: string): string | null {
  return URL.canParse(address) && allowedProtocols.includes(new URL(address).protocol) ? address : null;
}

// The page has the one first heading; those of the text stand below it, whatever depth the author began with.
function componentsWith(tableLabel: string): Components {
  return {
    h1: ({ children }) => <h2>{children}</h2>,
    h2: ({ children }) => <h2>{children}</h2>,
    h3: ({ children }) => <h3>{children}</h3>,
    h4: ({ children }) => <h3>{children}</h3>,
    h5: ({ children }) => <h3>{children}</h3>,
    h6: ({ children }) => <h3>{children}</h3>,
    // The steps are numbered by a counter of ours, which must go on where the author's number says.
    ol: ({ children, start }) => (
      <ol start={start} style={start ? { counterReset: `step ${start - 1}` } : undefined}>
        {children}
      </ol>
    ),
    a: ({ href, children }) =>
      href ? (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {children}
        </a>
      ) : (
        <span>{children}</span>
      ),
    pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
    table: ({ children }) => (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways, which the keyboard must reach
      <section className={styles.tableScroll} aria-label={tableLabel} tabIndex={0}>
        <table>{children}</table>
      </section>
    ),
  };
}
