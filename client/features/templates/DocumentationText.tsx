import { lazy, Suspense, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../components/Skeletons.tsx';
import type { Variable } from './DocumentationEditor.tsx';
import styles from './Editor.module.css';

const MarkdownText = lazy(() =>
  import('../../components/Markdown.tsx').then((module) => ({ default: module.MarkdownText })),
);

type Props = { text: string; variables: readonly Variable[] };

/** Documentation as people will read it, filled in with what an example shop could have. */
export function DocumentationText({ text, variables }: Props) {
  const { t } = useTranslation();
  // Parsing waits for the keys: what is typed is shown at once.
  const calm = useDeferredValue(text);
  if (calm.trim() === '') return <p className={styles.soft}>{t('templates.documentation.empty')}</p>;
  return (
    <Suspense fallback={<Skeletons rows={5} shape="line" />}>
      <MarkdownText text={filled(calm, variables)} tableLabel={t('templates.documentation.table')} />
    </Suspense>
  );
}

/** One pass, as the server fills it in for a client: a value that looks like a variable stays as it is. */
export function filled(text: string, variables: readonly Variable[]): string {
  return text.replace(
    /\{\{\s*([A-Za-z][A-Za-z0-9.]*)\s*\}\}/g,
    (whole, name: string) => variables.find((variable) => variable.name === name)?.example ?? whole,
  );
}
