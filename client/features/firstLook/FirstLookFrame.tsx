import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place, Step } from '../../frame/protocol.ts';
import styles from './FirstLookFrame.module.css';
import { FrameHost, type HostLook } from './host.ts';

const heights = { least: 480, most: 900, mostOnPhone: 6_000 };

type Props = {
  projectId: string;
  look: HostLook;
  /** The product whose mock is shown. */
  mock: string;
  /** Where in it, as the address says. */
  place: Place;
  onPlace: (place: Place, step: Step) => void;
  /** What the frame is called for whoever hears it. */
  title: string;
  /** As narrow as a phone. */
  isNarrow: boolean;
  /** As high as the mock is: a frame that scrolls within a page that scrolls is no good under a thumb. */
  isWhole: boolean;
  /** Whoever came here wants to type at once. */
  takesFocus: boolean;
};

/** The frame that a mock runs in. It has no rights of this page: all it gets, it gets over the port handed to it here. */
export function FirstLookFrame({ projectId, look, mock, place, onPlace, title, isNarrow, isWhole, takesFocus }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const [host, setHost] = useState<FrameHost | null>(null);
  const [height, setHeight] = useState(heights.least);
  // A frame that went elsewhere and came back is a new one, and nothing is handed to what it became.
  const [life, setLife] = useState(0);
  const wasLoaded = useRef(false);
  const [hasKeys, setHasKeys] = useState(false);

  const goAfter = useRef(onPlace);
  useEffect(() => {
    goAfter.current = onPlace;
  }, [onPlace]);
  useEffect(() => host?.show(look, mock, place), [host, look, mock, place]);
  useEffect(() => () => host?.close(), [host]);

  useEffect(() => {
    // A page learns only by losing the keys that a frame has them.
    const look = () => setHasKeys(document.activeElement === frame.current);
    window.addEventListener('blur', look);
    window.addEventListener('focus', look);
    document.addEventListener('focusin', look);
    return () => {
      window.removeEventListener('blur', look);
      window.removeEventListener('focus', look);
      document.removeEventListener('focusin', look);
    };
  }, []);

  const handleLoad = () => {
    const target = frame.current?.contentWindow;
    if (!target) return;
    if (wasLoaded.current) {
      wasLoaded.current = false;
      setHost(null);
      setLife((lives) => lives + 1);
      return;
    }
    wasLoaded.current = true;
    const channel = new MessageChannel();
    const handlePlace = (to: Place, step: Step) => goAfter.current(to, step);
    setHost(new FrameHost(channel.port1, { projectId, onHeight: setHeight, onPlace: handlePlace, takesFocus }));
    // The frame has no origin that could be named; what is handed over holds nothing of anybody.
    target.postMessage({ kind: 'port' }, '*', [channel.port2]);
    if (takesFocus) frame.current?.focus({ preventScroll: true });
  };
  const most = isWhole ? heights.mostOnPhone : heights.most;
  return (
    <div className={styles.window} data-narrow={isNarrow || undefined} data-typing={hasKeys || undefined}>
      {host === null && (
        <p className={styles.waiting} role="status" data-loading>
          {t('firstLook.frame.loading')}
        </p>
      )}
      <iframe
        key={life}
        ref={frame}
        className={styles.frame}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        src="/first-look/frame"
        title={title}
        style={{ height: `${Math.round(Math.min(most, Math.max(heights.least, height)))}px` }}
        onLoad={handleLoad}
      />
    </div>
  );
}
