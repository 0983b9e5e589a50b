import { type ReactNode, useEffect, useState } from 'react';
import { useFrame } from '../frameContext.ts';
import styles from './ShopBar.module.css';

/** The shop's logo; its name as a word mark where there is none. */
export function ShopMark({ onPress }: { onPress?: () => void }) {
  const { look } = useFrame();
  const { name } = look.brand;
  const logo = useLogo();
  const mark =
    logo === null ? (
      <span className={styles.name} dir="auto">
        {name}
      </span>
    ) : (
      <img className={styles.logo} src={logo} alt={name} />
    );
  if (!onPress) return <span className={styles.mark}>{mark}</span>;
  return (
    <button type="button" className={styles.mark} onClick={onPress}>
      {mark}
    </button>
  );
}

/** The head of a shop's page. */
export function ShopBar({ onHome, children }: { onHome?: () => void; children?: ReactNode }) {
  return (
    <header className={styles.bar}>
      <ShopMark {...(onHome ? { onPress: onHome } : {})} />
      {children}
    </header>
  );
}

function useLogo(): string | null {
  const { bridge, look } = useFrame();
  const [address, setAddress] = useState<string | null>(null);
  const { hasLogo } = look.brand;
  const { run } = look;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run may have another logo
  useEffect(() => {
    if (!hasLogo) return;
    let isOver = false;
    let made: string | null = null;
    void bridge.picture(null).then(async (picture) => {
      if (isOver || !picture || !(await isPicture(picture)) || isOver) return;
      made = URL.createObjectURL(picture);
      setAddress(made);
    });
    return () => {
      isOver = true;
      if (made !== null) URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [bridge, hasLogo, run]);
  return address;
}

/** A broken file would leave the shop without a name. */
async function isPicture(file: Blob): Promise<boolean> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  bitmap?.close();
  return bitmap !== null;
}
