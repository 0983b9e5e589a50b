import { useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import styles from './App.module.css';
import type { Bridge, Shown } from './bridge.ts';
import { coloursOf } from './colours.ts';
import { FrameContext } from './frameContext.ts';
import { moneyIn } from './money.ts';
import { Mishap } from './parts/Mishap.tsx';
import { Trouble } from './parts/Trouble.tsx';
import type { Place, Step } from './protocol.ts';
import { mocks } from './registry.ts';
import { wordsIn } from './words.ts';

/** The mock that the page around chose, in the shop's colours. */
export function App({ bridge }: { bridge: Bridge }) {
  const shown = useSyncExternalStore(bridge.onShown, bridge.shown);
  return shown && <Shop bridge={bridge} shown={shown} />;
}

function Shop({ bridge, shown }: { bridge: Bridge; shown: Shown }) {
  const { look, mock: product, version, place, moves, takesFocus } = shown;
  const page = useRef<HTMLDivElement>(null);
  const mock = look.mocks.find((one) => one.product === product) ?? look.mocks[0];
  const { locale, words, brand, isDark } = look;
  const accent = mock?.settings.accent ?? brand.accent;

  useLayoutEffect(() => {
    const { isDark: isShopDark, ...colours } = coloursOf({ accent, ground: brand.ground }, isDark);
    const root = document.documentElement;
    for (const [name, colour] of Object.entries(colours)) {
      root.style.setProperty(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour);
    }
    root.dataset.ground = isShopDark ? 'dark' : 'light';
    root.style.colorScheme = root.dataset.ground;
  }, [accent, brand.ground, isDark]);

  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.title = brand.name;
  }, [locale, brand.name]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another mock begins at its top
  useLayoutEffect(() => {
    scrollTo(0, 0);
  }, [product]);

  useLayoutEffect(() => {
    const element = page.current;
    if (!element) return;
    const tell = () => bridge.height(Math.ceil(element.getBoundingClientRect().height));
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => observer.disconnect();
  }, [bridge]);

  const said = useMemo(() => {
    const number = new Intl.NumberFormat(locale);
    return { t: wordsIn(words, locale), money: moneyIn(locale), figure: (value: number) => number.format(value) };
  }, [words, locale]);
  const frame = useMemo(
    () =>
      mock
        ? {
            ...{ bridge, look, mock, version, place, moves, takesFocus, ...said },
            go: (to: Place, step: Step) => bridge.go(mock.product, to, step),
          }
        : null,
    [bridge, look, mock, version, place, moves, takesFocus, said],
  );
  if (!frame) return null;
  const Mock = mocks[frame.mock.kind];
  return (
    <FrameContext value={frame}>
      <div ref={page} className={styles.page}>
        <Mishap
          key={frame.mock.product}
          fallback={(again) => (
            <main className={styles.broken}>
              <Trouble problem="BROKEN" onAgain={again} />
            </main>
          )}
        >
          <Mock />
        </Mishap>
      </div>
    </FrameContext>
  );
}
