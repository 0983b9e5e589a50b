import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focus } from '../../../server/journeys/gaps/focus.ts';
import type { Gap } from '../../../server/journeys/gaps/gap.ts';
import { isTyping } from '../../components/isTyping.ts';
import { EmptyState } from '../../components/Notice.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import { AgreementPanel } from '../../features/journeys/AgreementPanel.tsx';
import { Canvas } from '../../features/journeys/Canvas.tsx';
import { CommentsPanel } from '../../features/journeys/CommentsPanel.tsx';
import { ComparePanel } from '../../features/journeys/ComparePanel.tsx';
import { made, removed, wayBack } from '../../features/journeys/changes.ts';
import { GapsPanel } from '../../features/journeys/GapsPanel.tsx';
import { GoalsPanel } from '../../features/journeys/GoalsPanel.tsx';
import { ItemsPanel } from '../../features/journeys/ItemsPanel.tsx';
import { LayerSwitch } from '../../features/journeys/LayerSwitch.tsx';
import { layersOf, withLayer } from '../../features/journeys/layers.ts';
import { MapTable } from '../../features/journeys/MapTable.tsx';
import { ResearchPanel } from '../../features/journeys/ResearchPanel.tsx';
import { ShapePanel } from '../../features/journeys/ShapePanel.tsx';
import { TouchpointPanel } from '../../features/journeys/TouchpointPanel.tsx';
import type { JourneyDoc } from '../../features/journeys/useJourney.ts';
import styles from './Journeys.module.css';
import { MapBar } from './MapBar.tsx';
import type { JourneySearch } from './search.ts';

const Present = lazy(async () => ({ default: (await import('../../features/journeys/picture/Present.tsx')).Present }));
const route = getRouteApi('/signedIn/journeys/$journeyId');

/** The map or its table, with what is open of it beside it; what is open stands in the address. */
export function MapWork({ doc }: { doc: JourneyDoc }) {
  const { t } = useTranslation();
  const offerUndo = useUndo();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [find, setFind] = useState('');
  const [gap, setGap] = useState<Gap | null>(null);
  const [zoom, setZoom] = useState(100);
  const [newId, setNewId] = useState<string | null>(null);
  const [isByKeyboard, setByKeyboard] = useState(false);
  const { map, canEdit, state } = doc;
  const isTable = search.view === 'table';
  const shown = layersOf(search.show);
  const open = map.touchpoints.find(({ id }) => id === search.at) ?? null;
  const panel = open ? null : (search.panel ?? null);
  const go = (over: Partial<JourneySearch>) =>
    void navigate({ search: (was) => ({ ...was, ...over }), replace: true, resetScroll: false });
  useUndoKeys(doc);

  const found = useMemo(() => {
    const words = find.trim().toLocaleLowerCase();
    if (words === '') return null;
    const has = (text: string) => text.toLocaleLowerCase().includes(words);
    return map.touchpoints.filter((one) => [one.name, one.channel, one.objective ?? '', ...one.tasks].some(has));
  }, [find, map]);
  const lit = useMemo(() => {
    if (found) return new Set(found.map(({ id }) => id));
    if (panel === 'gaps' && gap) return new Set(gap.about.touchpointIds);
    if (search.item) return new Set(focus(map, search.item)?.steps.map(({ touchpointId }) => touchpointId) ?? []);
    return null;
  }, [found, panel, gap, search.item, map]);

  const openTouchpoint = (id: string, byKeyboard = false) => {
    setByKeyboard(byKeyboard);
    go({ at: id });
  };
  const handleAdded = (id: string) => {
    setNewId(id);
    go({ at: id });
  };
  const handleRemove = (id: string) => {
    const changes = removed(doc.parts, id);
    const back = wayBack(doc.parts, changes);
    const name = map.touchpoints.find((one) => one.id === id)?.name ?? '';
    doc.edit(changes);
    if (search.at === id) go({ at: undefined });
    offerUndo(
      t('journeyMap.removed', { name }),
      async () => {
        doc.edit(back);
        return null;
      },
      id,
    );
  };
  const close = () => {
    const card = open && document.querySelector<HTMLElement>(`[data-touchpoint="${open.id}"]`);
    setGap(null);
    go({ at: undefined, ...(open ? {} : { panel: undefined }) });
    card?.focus();
  };

  const shared = { doc, lit, openId: open?.id ?? null, onRemove: handleRemove, onAdded: handleAdded };
  const beside = { doc, takesFocus: isByKeyboard, onClose: close };
  const isEmpty = map.stages.length === 0 && map.touchpoints.length === 0;
  return (
    <>
      <MapBar
        doc={doc}
        find={find}
        foundCount={found?.length ?? null}
        onFind={setFind}
        onFirst={() => found?.[0] && openTouchpoint(found[0].id, true)}
        zoom={zoom}
        onZoom={setZoom}
        isTable={isTable}
        onTable={(to) => go({ view: to ? 'table' : undefined })}
        panel={panel}
        onPanel={(to) => {
          setByKeyboard(false);
          go({ at: undefined, panel: panel === to ? undefined : to });
        }}
        onPresent={() => go({ present: true })}
      />
      {search.present && (
        <Suspense>
          <Present doc={doc} shown={shown} onClose={() => go({ present: undefined })} />
        </Suspense>
      )}
      {(state.refusal !== null || state.clashes.length > 0) && (
        <div className={styles.told} role="alert">
          {state.refusal !== null && <p>{t('journeyMap.refused', { reason: state.refusal })}</p>}
          {state.clashes.map((clash) => (
            <p key={`${clash.id} ${clash.field}`}>{t('journeyMap.clash', { name: clash.name })}</p>
          ))}
        </div>
      )}
      {!isTable && !isEmpty && (
        <div className={styles.under}>
          <LayerSwitch shown={shown} onLayer={(layer) => go({ show: withLayer(shown, layer) })} />
          {canEdit && <p className={styles.soft}>{t('journeyMap.keys')}</p>}
        </div>
      )}
      <div className={styles.work} data-open={open !== null || panel !== null || undefined}>
        {isEmpty ? (
          <Beginning doc={doc} />
        ) : isTable ? (
          <MapTable {...shared} onOpen={(id) => openTouchpoint(id, true)} />
        ) : (
          <Canvas {...shared} zoom={zoom} shown={shown} itemId={search.item ?? null} onOpen={openTouchpoint} />
        )}
        {open && (
          <TouchpointPanel
            key={open.id}
            {...beside}
            touchpoint={open}
            isNew={canEdit && open.id === newId}
            onRemove={() => handleRemove(open.id)}
          />
        )}
        {panel === 'gaps' && <GapsPanel {...beside} shownKey={gap?.key ?? null} onShow={setGap} />}
        {panel === 'items' && (
          <ItemsPanel {...beside} itemId={search.item ?? null} onItem={(item) => go({ item: item ?? undefined })} />
        )}
        {panel === 'comments' && <CommentsPanel {...beside} onOpen={(id) => openTouchpoint(id, true)} />}
        {panel === 'agreement' && <AgreementPanel {...beside} />}
        {panel === 'goals' && <GoalsPanel {...beside} />}
        {panel === 'research' && <ResearchPanel {...beside} />}
        {panel === 'shape' && <ShapePanel {...beside} />}
        {panel === 'compare' && <ComparePanel {...beside} />}
      </div>
    </>
  );
}

/** An empty map offers the stages that most customers go through, and lanes where the company has none. */
function Beginning({ doc }: { doc: JourneyDoc }) {
  const { t } = useTranslation();
  const stages = (['signed', 'kickoff', 'files', 'review', 'live'] as const).map((one) =>
    t(`journeyMap.suggested.${one}`),
  );
  const handleUse = () => {
    const { parts, map } = doc;
    const lanes = map.departments.length > 0 ? [] : (['customer', 'sales', 'pm'] as const);
    doc.edit([
      ...stages.map((name, at) => made(parts, 'STAGE', { name }, at + 1)),
      ...lanes.map((lane, at) => {
        const kind = lane === 'customer' ? ('CUSTOMER' as const) : ('TEAM' as const);
        return made(parts, 'DEPARTMENT', { name: t(`journeyMap.suggestedDepartments.${lane}`), kind }, at + 1);
      }),
    ]);
  };
  return (
    <EmptyState text={t('journeyMap.empty')}>
      {doc.canEdit && (
        <>
          <p className={styles.soft}>{stages.join(' · ')}</p>
          <Button onClick={handleUse}>{t('journeyMap.useSuggested')}</Button>
        </>
      )}
    </EmptyState>
  );
}

/** Ctrl Z and Ctrl Shift Z outside of fields; before anything else that the page would take back. */
function useUndoKeys({ undo, redo, canEdit, state }: JourneyDoc): void {
  const { canUndo, canRedo } = state;
  useEffect(() => {
    if (!canEdit) return;
    const handleKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y') || isTyping()) return;
      const isRedo = event.shiftKey || key === 'y';
      if (isRedo ? !canRedo : !canUndo) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isRedo) redo();
      else undo();
    };
    document.addEventListener('keydown', handleKey, true);
    return () => document.removeEventListener('keydown', handleKey, true);
  }, [undo, redo, canEdit, canUndo, canRedo]);
}
