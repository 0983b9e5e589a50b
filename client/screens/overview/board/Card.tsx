import { useQuery } from '@apollo/client/react';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsRightLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../api/graphql.ts';
import { CourtLabel } from '../../../components/CourtLabel.tsx';
import { Face, LetterTile } from '../../../components/Face.tsx';
import { HealthBadge } from '../../../components/HealthBadge.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { ProgressBar } from '../../../components/ProgressBar.tsx';
import { Day } from '../../../components/Time.tsx';
import { HealthFacts } from '../../../features/health/documents.ts';
import { PossiblePms } from '../../../features/projectEdit/documents.ts';
import { ProjectEditable } from '../../../features/projectEdit/editable.ts';
import { useProjectEdit } from '../../../features/projectEdit/useProjectEdit.ts';
import { useWarm } from '../../../live/useWarm.ts';
import { percent } from '../../../words/format.ts';
import { OverviewRow } from '../Integration.tsx';
import type { GroupKey } from '../look.ts';
import styles from './Board.module.css';
import type { Move } from './Board.tsx';

type Props = {
  project: FragmentOf<typeof OverviewRow>;
  groupBy: GroupKey;
  /** With what a drop does while the card is held; null when it is let go. */
  onDrag: (move: Move | null) => void;
};

/** One integration on the board: what its column does not say already. */
export function Card({ project, groupBy, onDrag }: Props) {
  const { t } = useTranslation();
  const read = readFragment(OverviewRow, project);
  const editable = readFragment(ProjectEditable, read);
  const { edit } = useProjectEdit(editable);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isWarm = useWarm(read.id);
  const { health } = readFragment(HealthFacts, read);
  const canMove = groupBy === 'PM' && editable.viewerCan.assignPm;

  const move: Move = async (pm) => {
    if (pm.id === read.pm.id) return;
    setRefusal(await edit('pmId', pm.id, t('projectEdit.done.pm', { value: pm.name })));
  };
  const held = canMove && {
    draggable: true,
    onDragStart: () => onDrag(move),
    onDragEnd: () => onDrag(null),
  };
  return (
    <li className={styles.card} data-warm={isWarm || undefined} {...held}>
      <span className={styles.line}>
        <Link
          to="/projects/$projectId"
          params={{ projectId: read.id }}
          className={styles.name}
          title={read.name}
          draggable={false}
          data-card
        >
          <LetterTile name={read.account.name} />
          <span className={styles.cut}>{read.account.name}</span>
        </Link>
        {canMove && <MoveMenu name={read.account.name} current={read.pm.id} onMove={move} />}
      </span>
      <span className={styles.line}>
        {health && groupBy !== 'HEALTH' && <HealthBadge health={health.state} />}
        {!health && <span className={styles.faint}>{t(`names.projectState.${read.state}`)}</span>}
        {groupBy !== 'COURT' && <CourtLabel court={read.court} since={read.courtSince} company={t('overview.us')} />}
      </span>
      <Progress read={read} isPhaseSaid={groupBy === 'PHASE'} />
      <span className={styles.line}>
        {read.wentLiveAt === null && read.state !== 'CANCELLED' ? (
          <span>
            <span className={styles.faint}>{t('overview.board.target')}</span> <Day on={read.targetOn} />
          </span>
        ) : (
          <span />
        )}
        {groupBy !== 'PM' && <Face name={read.pm.name} isStaff={read.pm.isStaff} size="small" withTooltip />}
      </span>
      {refusal && <FieldError>{refusal}</FieldError>}
    </li>
  );
}

type Read = { phases: readonly { id: string; name: string; progress: Share }[]; progress: Share };
type Share = { done: number; total: number };

function Progress({ read: { phases, progress }, isPhaseSaid }: { read: Read; isPhaseSaid: boolean }) {
  const { t } = useTranslation();
  const current = phases.find((phase) => phase.progress.done < phase.progress.total);
  const done = percent(progress.done, progress.total);
  const phase = current?.name ?? (phases.length === 0 ? t('overview.noRoad') : t('overview.allDone'));
  return (
    <span className={styles.progress}>
      {!isPhaseSaid && <span className={styles.cut}>{phase}</span>}
      <ProgressBar
        segments={phases.map(({ id, progress: ofPhase }) => ({ id, ...ofPhase }))}
        currentId={current?.id ?? null}
        label={t('overview.phaseProgress', { phase, percent: done })}
      />
    </span>
  );
}

type MoveMenuProps = { name: string; current: string; onMove: Move };

/** The same as the drag, for the keyboard, for touch, and for a column that is far away. */
function MoveMenu({ name, current, onMove }: MoveMenuProps) {
  const { t } = useTranslation();
  const [isWanted, setWanted] = useState(false);
  const { data } = useQuery(PossiblePms, { skip: !isWanted });
  const others = (data?.possiblePms ?? []).filter(({ id }) => id !== current);
  return (
    <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false} onOpen={() => setWanted(true)}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="sm" aria-label={t('overview.board.move', { name })}>
          <IconArrowsRightLeft size={16} stroke={1.5} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('overview.board.moveTo')}</Menu.Label>
        {others.map((pm) => (
          <Menu.Item key={pm.id} onClick={() => void onMove(pm)}>
            {pm.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
