import { Button, SegmentedControl } from '@mantine/core';
import { IconCalendarDown } from '@tabler/icons-react';
import { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../components/now.ts';
import { todayOf } from '../../../words/format.ts';
import { GroupName } from '../GroupName.tsx';
import type { Group } from '../IntegrationTable.tsx';
import lineStyles from '../Lines.module.css';
import { blocksOf, linesOf, placesIn } from '../lines.ts';
import { type GroupKey, type Zoom, zooms } from '../look.ts';
import { useFocusedLine } from '../useFocusedLine.ts';
import { type ListVariables, pagesBetween, usePages } from '../usePages.ts';
import { useRowKeys } from '../useRowKeys.ts';
import { useRowWindow } from '../useRowWindow.ts';
import { TimelinePageQuery } from './documents.ts';
import { Key } from './Key.tsx';
import { Scale } from './Scale.tsx';
import { scaleOf } from './scale.ts';
import styles from './Timeline.module.css';
import { TimelineLine } from './TimelineLine.tsx';

type Props = {
  list: ListVariables;
  total: number;
  groups: readonly Group[];
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  /** Takes what reads the rows in view again; null when there is nothing to read. */
  onReader: (readAgain: (() => Promise<unknown>) | null) => void;
};

/** So much of the width is before today at first: what comes matters more than what was. */
const shareBefore = 0.25;

/** The integrations over the days, a line each. Only the lines around those in view are there, read page by page. */
export function Timeline({ list, total, groups, zoom, onZoom, onReader }: Props) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const sheet = useRef<HTMLDivElement>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const scale = useMemo(() => scaleOf(t, today, zoom), [t, today, zoom]);
  const lines = useMemo(() => linesOf(groups, total), [groups, total]);
  const view = useRowWindow(sheet, lines.count);
  const focus = useFocusedLine();
  const pages = usePages(TimelinePageQuery, list, pagesBetween(placesIn(lines, view)));
  const { readAgain } = pages;
  useRowKeys(sheet);

  useEffect(() => {
    onReader(readAgain);
    return () => onReader(null);
  }, [onReader, readAgain]);

  const of = JSON.stringify(list);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is read from its top.
  useEffect(() => {
    // Answered with a promise by newer browsers, which is nothing to clean up with.
    void sheet.current?.scrollTo({ top: 0 });
  }, [of]);

  const showToday = useCallback(() => {
    const element = sheet.current;
    if (!element) return;
    const side = element.querySelector('th')?.clientWidth ?? 0;
    element.scrollLeft = scale.at(today) - (element.clientWidth - side) * shareBefore;
  }, [scale, today]);
  useLayoutEffect(showToday, [showToday]);

  const blocks = blocksOf(lines, view, focus.line);
  const gap = (count: number) =>
    count > 0 && (
      <tbody aria-hidden="true">
        <tr>
          <td colSpan={4} className={lineStyles.gap} style={{ height: count * view.rowPx }} />
        </tr>
      </tbody>
    );
  const drawn = (index: number) => {
    const line = lines.at(index);
    if (!line) return null;
    if ('group' in line) {
      return list.groupBy && <GroupLine key={`group ${index}`} {...line} groupBy={list.groupBy} index={index} />;
    }
    const project = pages.rowAt(line.place);
    return project ? (
      <TimelineLine key={project.id} project={project} scale={scale} today={today} index={index} onLook={setLooked} />
    ) : (
      <tr key={`waits ${index}`} className={styles.line} data-line={index} aria-busy="true">
        <td colSpan={4} className={lineStyles.waits} />
      </tr>
    );
  };

  return (
    <section className={styles.timeline} aria-label={t('overview.timeline.label')}>
      <div className={styles.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('overview.timeline.zoom')}
          value={zoom}
          data={zooms.map((value) => ({ value, label: t(`overview.timeline.${value}`) }))}
          onChange={(value) => onZoom(value as Zoom)}
        />
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCalendarDown size={16} stroke={1.5} aria-hidden="true" />}
          onClick={showToday}
        >
          {t('overview.timeline.today')}
        </Button>
        <Key />
      </div>
      <p className={styles.reading} aria-hidden="true">
        {looked}
      </p>
      <div className={styles.sheet} ref={sheet}>
        <div className={styles.canvas} style={{ width: `calc(var(--side) + ${scale.widthPx}px)` }}>
          <span className={styles.grid} aria-hidden="true">
            {scale.minor.map(({ key, left }) => (
              <span key={key} className={styles.rule} style={{ left }} />
            ))}
            <span className={styles.today} style={{ left: scale.at(today) + scale.dayPx / 2 }} />
          </span>
          <table className={styles.table} aria-rowcount={lines.count + 1} {...focus.handlers}>
            <caption className={styles.heard}>
              {t('overview.timeline.label')}. {t('overview.timeline.hint')}
            </caption>
            <Scale scale={scale} />
            {blocks.map((block) => (
              <Fragment key={block.key}>
                {gap(block.gap)}
                <tbody>{block.lines.map(drawn)}</tbody>
              </Fragment>
            ))}
            {gap(lines.count - 1 - (blocks.at(-1)?.lines.at(-1) ?? -1))}
          </table>
        </div>
      </div>
    </section>
  );
}

type GroupLineProps = { group: Group; groupBy: GroupKey; index: number };

function GroupLine({ group, groupBy, index }: GroupLineProps) {
  const { t } = useTranslation();
  return (
    <tr className={styles.group} data-line={index} aria-rowindex={index + 2}>
      <th scope="rowgroup" colSpan={4}>
        <span className={styles.groupName}>
          <GroupName group={group} groupBy={groupBy} />
          <span className={styles.state}>{t('overview.group.count', { count: group.count })}</span>
        </span>
      </th>
    </tr>
  );
}
