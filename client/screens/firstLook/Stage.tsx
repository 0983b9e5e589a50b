import { Button, SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAdjustments } from '@tabler/icons-react';
import { Link, useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultOf, readFragment } from '../../api/graphql.ts';
import { EmptyState } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { FirstLookShown, FirstLookStanding } from '../../features/firstLook/documents.ts';
import { FirstLookFrame } from '../../features/firstLook/FirstLookFrame.tsx';
import { hostLook } from '../../features/firstLook/look.ts';
import { voiceOf } from '../../features/firstLook/voice.ts';
import type { Viewer } from '../../features/viewer/viewer.ts';
import type { Place, Step } from '../../frame/protocol.ts';
import { ConnectionStatus } from '../../live/ConnectionStatus.tsx';
import type { FirstLookQuery } from './documents.ts';
import { type Base, type Draft, draftOf, triedOf } from './draft.ts';
import { Share } from './Share.tsx';
import styles from './Stage.module.css';
import { StandingLine } from './StandingLine.tsx';
import { SuggestPanel } from './SuggestPanel.tsx';

type Project = NonNullable<ResultOf<typeof FirstLookQuery>['project']>;
type Props = {
  project: Project;
  viewer: Viewer;
  /** The one that the address asks for. */
  product: string | undefined;
  /** Where in its mock. */
  place: Place;
  trail: ReactNode;
  onPolling: (ms: number | null) => void;
  onSaved: () => Promise<unknown>;
};

/** While something is made, that it came to nothing is no event: it is asked for. */
const againMs = 2_000;

/** Tabs, the frame in the width of a desktop or a phone, and what one would have otherwise. */
export function Stage({ project, viewer, product, place, trail, onPolling, onSaved }: Props) {
  const { t, i18n } = useTranslation();
  const theme = useComputedColorScheme('light');
  const isSmall = useMediaQuery('(max-width: 48em)', window.innerWidth <= 768, { getInitialValueInEffect: false });
  const { takesFocus = false } = useRouterState({ select: ({ location }) => location.state });
  const [width, setWidth] = useState<'desktop' | 'phone'>('desktop');
  const [isSuggesting, setSuggesting] = useState(false);
  const [drafts, setDrafts] = useState<Readonly<Record<string, { draft: Draft; base: Base }>>>({});
  const panel = useRef<HTMLDivElement>(null);
  const { viewerCan } = project.firstLook;
  const shown = readFragment(FirstLookShown, project.firstLook);
  const standing = readFragment(FirstLookStanding, project.firstLook);
  const mock = shown.mocks.find((one) => one.product === product) ?? shown.mocks[0];
  const begun = mock && drafts[mock.product];
  const draft = begun?.draft;
  const base = begun?.base ?? { suggestion: mock?.suggestion?.revision ?? 0, defaults: mock?.defaults?.revision ?? 0 };
  const shop = project.account.name;
  const isReady = standing.state === 'READY';

  useEffect(() => {
    onPolling(standing.isBuilding || standing.state === 'BUILDING' ? againMs : null);
  }, [onPolling, standing.isBuilding, standing.state]);
  useEffect(() => {
    if (isSuggesting) panel.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [isSuggesting]);

  const look = useMemo(() => {
    const tried = mock && draft ? { product: mock.product, settings: triedOf(draft, mock.settings) } : null;
    return hostLook(shown, { name: shop, isDark: theme === 'dark', tried });
  }, [shown, shop, theme, mock, draft]);

  const router = useRouter();
  const navigate = useNavigate();
  const handlePlace = (to: Place, step: Step) => {
    if (step === 'OUT' && router.state.location.state.isStep) return router.history.back();
    void navigate({
      to: '/projects/$projectId/first-look',
      params: { projectId: project.id },
      search: { ...to, product: mock?.product },
      replace: step !== 'IN',
      state: ({ isStep }) => ({ isStep: step === 'IN' || isStep }),
      resetScroll: false,
    });
  };

  const mayChange = viewerCan.suggest || viewerCan.setDefaults;
  const hasPanel = mayChange || Boolean(mock?.suggestion);
  return (
    <Page
      title={t('firstLook.screen.title', { shop })}
      company={viewer.company.name}
      trail={trail}
      state={<StandingLine standing={standing} isStaff={viewer.isStaff} />}
      isWide
      actions={
        <>
          <ConnectionStatus />
          <Share product={mock?.product} />
          {isReady && mock && hasPanel && (
            <Button
              variant="default"
              aria-expanded={isSuggesting}
              leftSection={<IconAdjustments size={16} stroke={1.5} aria-hidden />}
              onClick={() => setSuggesting(!isSuggesting)}
            >
              {t(viewer.isStaff ? 'firstLook.screen.suggestions' : 'firstLook.screen.suggest')}
            </Button>
          )}
        </>
      }
    >
      {!isReady && <NotReady project={project} standing={standing} isStaff={viewer.isStaff} />}
      {isReady && !mock && <EmptyState text={t('firstLook.screen.noProducts')} />}
      {isReady && mock && (
        <>
          <div className={styles.bar}>
            <nav
              className={styles.tabs}
              aria-label={t(viewer.isStaff ? 'firstLook.screen.productsStaff' : 'firstLook.screen.products')}
            >
              {shown.mocks.map((one) => (
                <Link
                  key={one.product}
                  to="/projects/$projectId/first-look"
                  params={{ projectId: project.id }}
                  search={{ product: one.product }}
                  replace
                  className={styles.tab}
                  aria-current={one.product === mock.product ? 'page' : undefined}
                >
                  {t(`names.product.${one.product}`)}
                </Link>
              ))}
            </nav>
            {!isSmall && (
              <SegmentedControl
                aria-label={t('firstLook.screen.width')}
                value={width}
                onChange={(value) => setWidth(value === 'phone' ? 'phone' : 'desktop')}
                data={[
                  { value: 'desktop', label: t('firstLook.screen.desktop') },
                  { value: 'phone', label: t('firstLook.screen.phone') },
                ]}
              />
            )}
          </div>
          {product !== undefined && product !== mock.product && (
            <p className={styles.other} role="status">
              {t('firstLook.screen.notBought', {
                product: i18n.exists(`names.product.${product}`)
                  ? t(`names.product.${product as typeof mock.product}`)
                  : product,
                shown: t(`names.product.${mock.product}`),
              })}
            </p>
          )}
          <div className={styles.stage} data-suggesting={(isSuggesting && hasPanel) || undefined}>
            <FirstLookFrame
              projectId={project.id}
              look={look}
              mock={mock.product}
              place={place}
              onPlace={handlePlace}
              title={t('firstLook.frame.name', { product: t(`names.product.${mock.product}`), shop })}
              isNarrow={!isSmall && width === 'phone'}
              isWhole={Boolean(isSmall)}
              takesFocus={takesFocus}
            />
            {isSuggesting && hasPanel && (
              <div ref={panel}>
                <SuggestPanel
                  key={mock.product}
                  projectId={project.id}
                  mock={mock}
                  productName={t(`names.product.${mock.product}`)}
                  isStaff={viewer.isStaff}
                  company={viewer.company.name}
                  viewerCan={viewerCan}
                  draft={draft ?? draftOf(mock.settings)}
                  base={base}
                  onDraft={(next) => {
                    setDrafts(({ [mock.product]: _, ...others }) =>
                      next === null ? others : { ...others, [mock.product]: { draft: next, base } },
                    );
                  }}
                  onSaved={onSaved}
                />
              </div>
            )}
          </div>
        </>
      )}
    </Page>
  );
}

type NotReadyProps = { project: Project; standing: ResultOf<typeof FirstLookStanding>; isStaff: boolean };

/** The card on the project's screen says what brings it. */
function NotReady({ project, standing, isStaff }: NotReadyProps) {
  const { t } = useTranslation();
  const voice = voiceOf(isStaff);
  const { state, isBuilding, problem } = standing;
  if (state === 'BUILDING' || isBuilding) return <EmptyState text={t(`firstLook.${voice}.building`)} />;
  return (
    <EmptyState text={problem ? t(`firstLook.${voice}.problem.${problem}`) : t(`firstLook.${voice}.empty`)}>
      <Link to="/projects/$projectId" params={{ projectId: project.id }}>
        {t('firstLook.screen.back', { project: project.name })}
      </Link>
    </EmptyState>
  );
}
