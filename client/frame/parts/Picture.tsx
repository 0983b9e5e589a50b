import { useEffect, useRef, useState } from 'react';
import { useFrame } from '../frameContext.ts';
import { initialsOf, toneOf } from '../initials.ts';
import type { Product } from '../shapes.ts';
import { Icon } from './Icon.tsx';
import styles from './Picture.module.css';

/** As far beside the window a picture is asked for already. */
const margin = '240px';
const tones = 4;

type Props = {
  product: Product;
  /** Where there is none, a low place is enough: beside it stands much else. */
  isLowWithout?: boolean;
};

/** A product's picture, asked for when it is about to be seen, and let go with the part that shows it; else the letters of its name. */
export function Picture({ product, isLowWithout = false }: Props) {
  const { bridge, look } = useFrame();
  const place = useRef<HTMLSpanElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const { id, hasImage, title, category, brand } = product;
  const isWithout = isMissing || !hasImage;
  const letters = isWithout ? initialsOf(title) : '';
  const { run } = look;

  // biome-ignore lint/correctness/useExhaustiveDependencies: of another run the same product may have another picture
  useEffect(() => {
    const element = place.current;
    if (!element || !hasImage) return;
    let isOver = false;
    let made: string | null = null;
    const observer = new IntersectionObserver(
      async (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        const picture = await bridge.picture(id);
        if (isOver) return;
        if (!picture) return setMissing(true);
        made = URL.createObjectURL(picture);
        setAddress(made);
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => {
      isOver = true;
      observer.disconnect();
      if (made !== null) URL.revokeObjectURL(made);
      setAddress(null);
      setMissing(false);
    };
  }, [bridge, id, hasImage, run]);

  return (
    <span
      ref={place}
      className={styles.place}
      data-low={(isLowWithout && isWithout) || undefined}
      // What is of one kind has one tone.
      data-tone={isWithout ? toneOf(category.at(-1) ?? brand ?? '', tones) : undefined}
    >
      {isWithout &&
        (letters === '' ? (
          <Icon of="picture" className={styles.none} />
        ) : (
          <svg viewBox="0 0 100 100" className={styles.letters} aria-hidden="true">
            <text x="50" y="50">
              {letters}
            </text>
          </svg>
        ))}
      {address !== null && (
        // The product's name stands beside it.
        <img
          className={styles.picture}
          src={address}
          alt=""
          decoding="async"
          onError={() => {
            setAddress(null);
            setMissing(true);
          }}
        />
      )}
    </span>
  );
}
