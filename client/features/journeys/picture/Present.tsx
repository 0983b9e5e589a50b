import { Button, CloseButton } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { centralisation } from '../../../../server/journeys/gaps/centralisation.ts';
import { exchangesOf } from '../../../../server/journeys/gaps/exchanges.ts';
import { DialogFrame } from '../../../components/DialogFrame.tsx';
import { countGaps } from '../countGaps.ts';
import type { Layer } from '../layers.ts';
import type { JourneyDoc } from '../useJourney.ts';
import { arrange } from './arrange.ts';
import { Drawing } from './Drawing.tsx';
import styles from './Present.module.css';
import { measured, pngOf, svgOf, themeColors } from './paint.ts';

type Props = { doc: JourneyDoc; shown: ReadonlySet<Layer>; onClose: () => void };

/** The map over the whole window, whole or stage by stage; from here it is taken along as a picture or printed. */
export function Present({ doc, shown, onClose }: Props) {
  const { t } = useTranslation();
  const { map, journey, gaps } = doc;
  /** 0: the whole; then each stage. */
  const [at, setAt] = useState(0);
  const colors = useMemo(themeColors, []);
  const picture = useMemo(() => {
    const share = centralisation(map).share;
    const state = [
      share === null
        ? t('journeyMap.figures.noItems')
        : t('journeyMap.figures.centralised', { share: Math.round(share * 100) }),
      t('journeyMap.touchpoints', { count: map.touchpoints.length }),
      t('journeyMap.figures.gaps', { count: gaps.length }),
    ].join(' · ');
    const words = {
      ...{ title: journey.name, state, noStage: t('journeyMap.noStage'), noDepartment: t('journeyMap.noDepartment') },
      experience: t('journeyMap.layers.experience'),
      missing: (names: string) => t('journeyMap.missing', { names }),
      gaps: (count: number) => t('journeyMap.figures.gaps', { count }),
    };
    const gapsAt = countGaps({ gaps, state: doc.state });
    return arrange({ map, exchanges: exchangesOf(map), gapsAt, shown, words, widthOf: measured() });
  }, [map, gaps, doc.state, journey.name, shown, t]);

  const last = picture.stages.length;
  const stage = picture.stages[at - 1];
  const view = stage
    ? `${stage.x - 40} 0 ${stage.width + 80} ${picture.height}`
    : `0 0 ${picture.width} ${picture.height}`;
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight') setAt((was) => Math.min(last, was + 1));
      if (event.key === 'ArrowLeft') setAt((was) => Math.max(0, was - 1));
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [last]);

  const save = (blob: Blob | null, ending: string) => {
    if (!blob) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${fileName(journey.name)}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  return (
    <DialogFrame name={{ label: journey.name }} className={styles.present} onClose={onClose} startsAt="button">
      <header className={styles.bar}>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('journeyMap.present.back')}
          disabled={at === 0}
          onClick={() => setAt(at - 1)}
        >
          <IconArrowLeft size={16} stroke={1.5} aria-hidden />
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('journeyMap.present.next')}
          disabled={at === last}
          onClick={() => setAt(at + 1)}
        >
          <IconArrowRight size={16} stroke={1.5} aria-hidden />
        </Button>
        <span role="status">{stage ? stage.name : t('journeyMap.present.whole')}</span>
        <span className={styles.exports}>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => save(new Blob([svgOf(picture, colors)], { type: 'image/svg+xml' }), 'svg')}
          >
            {t('journeyMap.present.svg')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void pngOf(picture, colors).then((blob) => save(blob, 'png'))}
          >
            {t('journeyMap.present.png')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              setAt(0);
              requestAnimationFrame(() => window.print());
            }}
          >
            {t('journeyMap.present.print')}
          </Button>
          <CloseButton aria-label={t('journeyMap.present.close')} onClick={onClose} />
        </span>
      </header>
      <Drawing picture={picture} colors={colors} label={journey.name} view={view} className={styles.picture} />
    </DialogFrame>
  );
}

/** A name that every system takes for a file. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'journey';
}
