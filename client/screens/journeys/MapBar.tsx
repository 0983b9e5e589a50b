import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconPresentation, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { JourneyDoc } from '../../features/journeys/useJourney.ts';
import styles from './Journeys.module.css';
import { type Panel, panels } from './search.ts';

type Props = {
  doc: JourneyDoc;
  find: string;
  /** null: nothing is searched for. */
  foundCount: number | null;
  onFind: (text: string) => void;
  onFirst: () => void;
  zoom: number;
  onZoom: (zoom: number) => void;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
  panel: Panel | null;
  onPanel: (panel: Panel) => void;
  onPresent: () => void;
};

const zooms = [50, 75, 100, 125] as const;

/** Searching, how the map is shown, and what stands beside it. */
export function MapBar(props: Props) {
  const { t } = useTranslation();
  const { doc, find, foundCount, isTable, panel } = props;
  const open = doc.gaps.filter(({ key }) => doc.state.decisions.get(key)?.decision !== 'ACCEPTED').length;
  return (
    <div className={styles.bar}>
      <search>
        <form
          className={styles.find}
          onSubmit={(event) => {
            event.preventDefault();
            props.onFirst();
          }}
        >
          <TextInput
            size="xs"
            type="search"
            aria-label={t('journeyMap.find')}
            placeholder={t('journeyMap.find')}
            leftSection={<IconSearch size={14} stroke={1.5} aria-hidden />}
            value={find}
            onChange={({ currentTarget }) => props.onFind(currentTarget.value)}
          />
          <span className={styles.soft} role="status">
            {foundCount !== null && t('journeyMap.found', { count: foundCount })}
          </span>
        </form>
      </search>
      {doc.canEdit && (
        <span className={styles.steps}>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('journeyMap.undo')}
            disabled={!doc.state.canUndo}
            onClick={doc.undo}
          >
            <IconArrowBackUp size={16} stroke={1.5} aria-hidden />
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('journeyMap.redo')}
            disabled={!doc.state.canRedo}
            onClick={doc.redo}
          >
            <IconArrowForwardUp size={16} stroke={1.5} aria-hidden />
          </Button>
        </span>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('journeyMap.view')}
        value={isTable ? 'table' : 'map'}
        data={[
          { value: 'map', label: t('journeyMap.map') },
          { value: 'table', label: t('journeyMap.table') },
        ]}
        onChange={(value) => props.onTable(value === 'table')}
      />
      {!isTable && (
        <NativeSelect
          size="xs"
          className={styles.zoom}
          aria-label={t('journeyMap.zoom')}
          value={String(props.zoom)}
          data={zooms.map((value) => ({ value: String(value), label: t('journeyMap.percent', { value }) }))}
          onChange={({ currentTarget }) => props.onZoom(Number(currentTarget.value))}
        />
      )}
      <span className={styles.panels}>
        {panels.map((one) => (
          <Button
            key={one}
            variant={panel === one ? 'light' : 'default'}
            size="xs"
            aria-pressed={panel === one}
            onClick={() => props.onPanel(one)}
          >
            {one === 'gaps' ? t('journeyMap.figures.gaps', { count: open }) : t(`journeyMap.panel.${one}`)}
          </Button>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPresentation size={14} stroke={1.5} aria-hidden />}
          onClick={props.onPresent}
        >
          {t('journeyMap.present.open')}
        </Button>
      </span>
    </div>
  );
}
