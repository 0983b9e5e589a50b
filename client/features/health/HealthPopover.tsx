import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { HealthBadge } from '../../components/HealthBadge.tsx';
import { HealthFacts } from './documents.ts';
import styles from './Health.module.css';
import { HealthDetails } from './HealthDetails.tsx';

type Props = { project: FragmentOf<typeof HealthFacts> };

/** Health as a word with its first reason; a press shows all reasons, and lets whoever may overrule it. */
export function HealthPopover({ project }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { account, health } = readFragment(HealthFacts, project);
  if (!health) return null;
  const [first] = health.reasons;
  const why = health.override
    ? t('health.short.override')
    : first && t(`health.short.${first.code}`, { count: first.count ?? 0, days: first.days ?? 0 });
  const word = t(`names.health.${health.state}`);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
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
