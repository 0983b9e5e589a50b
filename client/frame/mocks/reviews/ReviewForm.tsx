import { useId, useState } from 'react';
import { useFrame } from '../../frameContext.ts';
import styles from './ReviewForm.module.css';
import type { Review } from './ReviewsMock.tsx';
import { Star } from './Stars.tsx';

const marks = [1, 2, 3, 4, 5] as const;

/** Writes a review that appears at once, and that goes nowhere else. */
export function ReviewForm({ onWritten }: { onWritten: (review: Review) => void }) {
  const { t } = useFrame();
  const id = useId();
  const [stars, setStars] = useState(0);
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [count, setCount] = useState(0);
  const [problem, setProblem] = useState<'stars' | 'text' | null>(null);

  const handleWrite = () => {
    if (stars === 0) return setProblem('stars');
    if (text.trim() === '') return setProblem('text');
    onWritten({
      id: `own-${count}`,
      stars,
      name: name.trim() || t('firstLookMocks.review.you'),
      text: text.trim(),
      isExample: false,
    });
    setCount(count + 1);
    setStars(0);
    setText('');
    setProblem(null);
  };
  return (
    <section className={styles.form} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t('firstLookMocks.review.write')}</h3>
      <fieldset className={styles.stars}>
        <legend className={styles.label}>{t('firstLookMocks.review.yourStars')}</legend>
        {marks.map((mark) => (
          <label key={mark} className={styles.star}>
            <input
              type="radio"
              name={`${id}-stars`}
              checked={stars === mark}
              aria-label={t('firstLookMocks.review.stars', { count: mark })}
              onChange={() => {
                setStars(mark);
                setProblem(null);
              }}
            />
            <Star part={mark <= stars ? 1 : 0} />
          </label>
        ))}
      </fieldset>
      <label className={styles.label} htmlFor={`${id}-name`}>
        {t('firstLookMocks.review.name')}
      </label>
      <input
        id={`${id}-name`}
        className={styles.field}
        dir="auto"
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <label className={styles.label} htmlFor={`${id}-text`}>
        {t('firstLookMocks.review.text')}
      </label>
      <textarea
        id={`${id}-text`}
        className={styles.field}
        dir="auto"
        rows={3}
        maxLength={1000}
        value={text}
        aria-invalid={problem === 'text'}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
      />
      {problem && (
        <p className={styles.problem} role="alert">
          {t(`firstLookMocks.review.missing.${problem}`)}
        </p>
      )}
      <button type="button" className={styles.send} onClick={handleWrite}>
        {t('firstLookMocks.review.send')}
      </button>
      <p className={styles.stays}>{t('firstLookMocks.review.stays')}</p>
    </section>
  );
}
