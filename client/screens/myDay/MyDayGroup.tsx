import { Button } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../api/graphql.ts';
import { useWarm } from '../../live/useWarm.ts';
import { type Group, type Item, MyDayRowItem } from './documents.ts';
import styles from './MyDay.module.css';
import { MyDayRow } from './MyDayRow.tsx';

type Props = { group: Group /** Null: no more can be shown here. */; onMore: (() => void) | null };

/** What is equally urgent, counted, the first of it in rows. */
export function MyDayGroup({ group, onMore }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const items = group.items.map((item) => readFragment(MyDayRowItem, item));
  const title = t(`myDay.urgency.${group.urgency}`);
  const more = group.count - items.length;
  return (
    <section aria-labelledby={id} className={styles.group} data-urgency={group.urgency}>
      <h2 id={id} className={styles.heading} aria-label={t('myDay.counted', { title, count: group.count })}>
        <span className={styles.dot} aria-hidden="true" />
        {title}
        <span className={styles.count}>{group.count}</span>
      </h2>
      <ul className={styles.list}>
        {items.map((item) => (
          <Row key={item.key} item={item} />
        ))}
      </ul>
      {more > 0 && onMore && (
        <Button variant="default" size="xs" className={styles.more} onClick={onMore}>
          {t('myDay.more', { count: more })}
        </Button>
      )}
      {more > 0 && !onMore && <p className={styles.beyond}>{t('myDay.beyond', { count: more })}</p>}
    </section>
  );
}

function Row({ item }: { item: Item }) {
  return <MyDayRow item={item} isWarm={useWarm(item.key)} />;
}
