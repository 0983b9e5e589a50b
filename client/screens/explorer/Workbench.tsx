import './styleNonce.ts';
import { useComputedColorScheme } from '@mantine/core';
import { GraphiQL } from 'graphiql';
import 'graphiql/setup-workers/vite';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Explorer.module.css';
import { examplesFor, type Known } from './examples.ts';
import { createFetcher } from './fetcher.ts';
import { useEditor } from './useEditor.ts';

type Props = { project: Known | null };

/** GraphiQL with our session, our socket, our colours, and examples of this person's own project. */
export function Workbench({ project }: Props) {
  const { t } = useTranslation();
  const theme = useComputedColorScheme('light');
  useEditor(theme);
  const { fetcher, close } = useMemo(() => createFetcher(), []);
  useEffect(() => close, [close]);
  const examples = useMemo(
    () =>
      examplesFor(project, {
        projects: t('api.explorer.examples.projects'),
        comment: t('api.explorer.examples.comment'),
        changes: t('api.explorer.examples.changes'),
      }),
    [project, t],
  );
  return (
    <div className={styles.workbench}>
      {/* What was typed stays in this window: on a shared machine the next person does not find it. */}
      <GraphiQL
        fetcher={fetcher}
        storage={sessionStorage}
        forcedTheme={theme}
        defaultTabs={examples}
        defaultEditorToolsVisibility="variables"
        isHeadersEditorEnabled={false}
        showPersistHeadersSettings={false}
      >
        <GraphiQL.Logo>{t('api.explorer.logo')}</GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
