import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { UndoRoot } from '../../components/UndoToast.tsx';
import { useAccent } from '../../components/useAccent.ts';
import { ClientBar } from './ClientBar.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';
import { useNewIntegrationKey } from './useNewIntegrationKey.ts';
import { ViewedAs } from './ViewedAs.tsx';
import { useViewer } from './viewer.ts';

/** `inbox`: the door to it, dressed as its place wants it. */
export type Inbox = (dress: { className?: string; iconClassName?: string }) => ReactNode;
type Props = { inbox: Inbox; children: ReactNode };

/** What stands around every page: a slim rail for staff, a top bar for clients. On a phone staff get two bars of it. */
export function Shell({ inbox, children }: Props) {
  const { t } = useTranslation();
  const viewer = useViewer();
  useNewIntegrationKey(viewer.viewerCan.createProjects);
  useAccent(viewer.company.accent);
  return (
    <div className={styles.shell} data-kind={viewer.isStaff ? 'staff' : 'client'}>
      <a className={styles.skip} href="#content">
        {t('common.skipToContent')}
      </a>
      {viewer.isStaff ? <Rail viewer={viewer} inbox={inbox} /> : <ClientBar viewer={viewer} inbox={inbox} />}
      <main id="content" className={styles.content} tabIndex={-1}>
        <ToTop />
        <UndoRoot>{children}</UndoRoot>
      </main>
      <ViewedAs viewer={viewer} />
    </div>
  );
}

/** A new page starts at its top. */
function ToTop() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== path) window.scrollTo(0, 0);
    last.current = path;
  }, [path]);
  return null;
}
