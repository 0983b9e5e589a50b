import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Logo } from '../../../components/Logo.tsx';
import { Skeletons } from '../../../components/Skeletons.tsx';
import { StateBadge } from '../../../components/StateBadge.tsx';
import { Day } from '../../../components/Time.tsx';
import { useAccent } from '../../../components/useAccent.ts';
import { todayOf } from '../../../words/format.ts';
import type { GuestPage } from './door.ts';
import styles from './Guest.module.css';
import { GuestInputs } from './GuestInputs.tsx';
import { GuestTalk } from './GuestTalk.tsx';
import { ReasonAsked } from './ReasonAsked.tsx';

const MarkdownText = lazy(async () => ({
  default: (await import('../../../components/Markdown.tsx')).MarkdownText,
}));

type Props = { id: string; page: GuestPage; onActed: () => Promise<void>; onGaveBack: () => void };

/** The one task of a guest: what to do, where it is handed in, and the conversation about it. No way leads further. */
export function GuestTask({ id, page, onActed, onGaveBack }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'stuck' | 'give-back' | null>(null);
  const { company, account, giver, task } = page;
  useAccent(company.accent);
  useEffect(() => {
    document.title = t('common.pageTitle', { page: task.title, company: company.name });
  }, [t, task.title, company.name]);
  const isDone = task.state === 'DONE';
  // It ends with this day, so at the first moment of the next.
  const lastDay = todayOf(new Date(Date.parse(page.expiresAt) - 1));

  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <span className={styles.brand}>
          <Logo url={company.logoUrl} />
          <span>{company.name}</span>
        </span>
        <span className={styles.soft}>{t('guest.you', { name: page.me })}</span>
      </header>
      <main className={styles.main}>
        <div className={styles.head}>
          <p className={styles.soft}>{t('guest.from', { giver, account })}</p>
          <h1 className={styles.title}>{task.title}</h1>
          <div className={styles.line}>
            <StateBadge state={task.state} />
            {task.dueOn && (
              <span className={styles.soft}>
                {t('guest.due')} <Day on={task.dueOn} />
              </span>
            )}
            <span className={styles.soft}>
              {t('guest.until')} <Day on={lastDay} />
            </span>
          </div>
          {!isDone && (
            <div className={styles.acts}>
              {page.can.flagStuck && (
                <Button variant="default" size="xs" onClick={() => setAsked('stuck')}>
                  {t('guest.acts.stuck')}
                </Button>
              )}
              <Button variant="default" size="xs" onClick={() => setAsked('give-back')}>
                {t('guest.acts.giveBack')}
              </Button>
            </div>
          )}
        </div>
        {task.isStuck && <p className={styles.notice}>{t('guest.stuck', { account })}</p>}
        {task.isPaused && <p className={styles.notice}>{t('guest.paused')}</p>}
        {isDone && <p className={styles.notice}>{t('guest.done')}</p>}
        {page.message !== '' && (
          <div className={styles.part}>
            <span className={styles.soft}>{t('guest.message', { giver })}</span>
            <p className={styles.message}>{page.message}</p>
          </div>
        )}
        <div className={styles.parts}>
          <section className={styles.part} aria-label={t('guest.work.title')}>
            <h2>{t('guest.work.title')}</h2>
            <p className={styles.soft}>{t('guest.work.purpose', { purpose: task.purpose.replace(/[.\s]+$/, '') })}</p>
            {task.documentation.trim() === '' ? (
              <p>{t('guest.work.empty')}</p>
            ) : (
              <Suspense fallback={<Skeletons rows={5} shape="line" />}>
                <div className={styles.text}>
                  <MarkdownText text={task.documentation} tableLabel={t('guest.work.table')} />
                </div>
              </Suspense>
            )}
          </section>
          <div className={styles.column}>
            <GuestInputs id={id} page={page} onActed={onActed} />
            <GuestTalk id={id} page={page} onActed={onActed} />
          </div>
        </div>
      </main>
      {asked && (
        <ReasonAsked
          key={asked}
          id={id}
          act={asked}
          page={page}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null);
            if (asked === 'give-back') onGaveBack();
            else void onActed();
          }}
        />
      )}
    </div>
  );
}
