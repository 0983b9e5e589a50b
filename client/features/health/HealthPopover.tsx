import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import { HealthFacts } from './documents.ts';
import styles from './Health.module.css';
import { HealthDetails } from './HealthDetails.tsx';

type Props = {
  project: FragmentOf<typeof HealthFacts>;
  /** Names every reason beside the word, not only the first. */
  isWhole?: boolean;
};

/** Health as a word with its first reason; a press shows all reasons, and lets whoever may overrule it. */
export function HealthPopover({ project, isWhole = false }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { account, health } = readFragment(HealthFacts, project);
  if (!health) return null;
  const named = isWhole ? health.reasons : health.reasons.slice(0, 1);
  const why = health.override
    ? t('health.short.override')
    : named
        .map(({ code, count, days }) => t(`health.short.${code}`, { count: count ?? 0, days: days ?? 0 }))
        .join(', ');
  const word = t(`names.health.${health.state}`);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
          data-whole={isWhole || undefined}
          aria-label={t('health.more', { client: account.name, health: why ? `${word}, ${why}` : word })}
          onClick={() => setOpen((now) => !now)}
        >
          <HealthBadge health={health.state} />
          {why && <span className={styles.why}>{why}</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('health.title', { health: word })}>
        <HealthDetails project={project} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
