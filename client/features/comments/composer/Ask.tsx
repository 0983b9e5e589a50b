import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import styles from '../Comments.module.css';
import marks from '../Marks.module.css';

type Props = {
  question: string;
  yes: string;
  no: string;
  isLoading?: boolean;
  failure?: string | null;
  onYes: () => void;
  onNo: () => void;
};

/** Asks once, in place, before more people read something. Escape is no. */
export function Ask({ question, yes, no, isLoading = false, failure = null, onYes, onNo }: Props) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div
      ref={root}
      role="alertdialog"
      aria-label={question}
      className={marks.ask}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onNo();
      }}
    >
      <p>{question}</p>
      <Button size="xs" loading={isLoading} onClick={onYes}>
        {yes}
      </Button>
      <Button size="xs" variant="default" onClick={onNo} autoFocus>
        {no}
      </Button>
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
    </div>
  );
}
