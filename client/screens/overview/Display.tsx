import { Button, NativeSelect } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  type Column,
  type Direction,
  type GroupKey,
  groupKeys,
  type Look,
  plainColumns,
  type SortKey,
} from './look.ts';
import styles from './Toolbar.module.css';
import { Choices, ToolPopover } from './ToolPopover.tsx';

type Props = {
  look: Look;
  /** What the viewer may have as columns and sort by. */
  offered: { columns: readonly Column[]; sorts: readonly SortKey[] };
  onLook: (look: Look) => void;
};

/** In which groups, order and columns the list stands. */
export function Display({ look, offered, onLook }: Props) {
  const { t } = useTranslation();
  const { sort, groupBy, columns } = look;
  return (
    <ToolPopover
      label={t('overview.display.open')}
      icon={<IconAdjustmentsHorizontal size={16} stroke={1.5} aria-hidden="true" />}
    >
      <div className={styles.more}>
        <NativeSelect
          size="xs"
          label={t('overview.group.label')}
          value={groupBy ?? 'NONE'}
          data={(['NONE', ...groupKeys] as const).map((value) => ({ value, label: t(`overview.group.${value}`) }))}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onLook({ ...look, groupBy: value === 'NONE' ? null : (value as GroupKey) });
          }}
        />
        <NativeSelect
          size="xs"
          label={t('overview.sort.by')}
          value={sort.by}
          data={offered.sorts.map((value) => ({ value, label: t(`overview.sort.${value}`) }))}
          onChange={(event) => onLook({ ...look, sort: { ...sort, by: event.currentTarget.value as SortKey } })}
        />
        <NativeSelect
          size="xs"
          label={t('overview.sort.direction')}
          value={sort.direction}
          data={(['ASCENDING', 'DESCENDING'] as const).map((value) => ({ value, label: t(`overview.sort.${value}`) }))}
          onChange={(event) =>
            onLook({ ...look, sort: { ...sort, direction: event.currentTarget.value as Direction } })
          }
        />
        <Choices
          legend={t('overview.display.columns')}
          options={offered.columns.map((value) => ({ value, label: t(`overview.column.${value}`) }))}
          picked={columns}
          onPick={(picked) => onLook({ ...look, columns: picked ?? [] })}
        />
        <Button variant="default" size="xs" onClick={() => onLook({ ...look, columns: plainColumns })}>
          {t('overview.display.reset')}
        </Button>
      </div>
    </ToolPopover>
  );
}
