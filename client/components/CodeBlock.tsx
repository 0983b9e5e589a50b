import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Markdown.module.css';

type Props = { children: ReactNode };

const copiedForMs = 2500;

/** A block of code that is copied with one press; says so to the eye and to a screen reader. */
export function CodeBlock({ children }: Props) {
  const { t } = useTranslation();
  const code = useRef<HTMLPreElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);

  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), copiedForMs);
    return () => clearTimeout(timer);
  }, [outcome]);

  const handleCopy = async () => {
    setOutcome((await copyText(code.current)) ? 'copied' : 'failed');
  };

  return (
    <div className={styles.code}>
      <pre ref={code}>{children}</pre>
      <UnstyledButton className={styles.copy} onClick={handleCopy} data-outcome={outcome ?? undefined}>
        {outcome === 'copied' ? <IconCheck size={16} stroke={1.5} /> : <IconCopy size={16} stroke={1.5} />}
        <span>{outcome === 'copied' ? t('task.documentation.copied') : t('task.documentation.copy')}</span>
      </UnstyledButton>
      <VisuallyHidden role="status">
        {outcome === 'copied' && t('task.documentation.copied')}
        {outcome === 'failed' && t('task.documentation.copyFailed')}
      </VisuallyHidden>
    </div>
  );
}

/** Without a secure context there is no clipboard: then the code is selected, so that one key copies it. */
async function copyText(element: HTMLElement | null): Promise<boolean> {
  if (!element) return false;
  try {
    await navigator.clipboard.writeText((element.textContent ?? '').replace(/\n$/, ''));
    return true;
  } catch {
    getSelection()?.selectAllChildren(element);
    return false;
  }
}
