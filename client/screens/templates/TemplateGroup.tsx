import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../api/graphql.ts';
import { RelativeTime } from '../../components/Time.tsx';
import type { templateCard } from '../../features/templates/acts.ts';
import { usageWords } from '../../features/templates/usage.ts';
import styles from './Templates.module.css';

type Card = ResultOf<typeof templateCard>;
type Props = { products: Card['products']; cards: readonly Card[] };

/** The templates of one product, or of the same products, a line each. */
export function TemplateGroup({ products, cards }: Props) {
  const { t } = useTranslation();
  const name = products.map((product) => t(`names.product.${product}`)).join(', ');
  return (
    <section className={styles.group} aria-label={name}>
      <h2 className={styles.groupName}>{name}</h2>
      <ul>
        {cards.map((card) => (
          <li key={card.id} className={styles.line} data-retired={card.retiredAt !== null || undefined}>
            <Link to="/templates/$templateId" params={{ templateId: card.id }} className={styles.link}>
              {card.name}
            </Link>
            <span className={styles.platform}>{t(`names.platform.${card.platform}`)}</span>
            <span className={styles.version}>
              {card.published ? t('templates.version', { number: card.published.number }) : null}
              {card.draft && <span className={styles.draft}>{t('templates.draft')}</span>}
              {card.retiredAt !== null && <span className={styles.draft}>{t('templates.retired')}</span>}
            </span>
            <span className={styles.when}>
              {card.published?.isFromFile && t('templates.cameWithSlipway')}
              {card.published?.publishedAt && !card.published.isFromFile && (
                <RelativeTime at={card.published.publishedAt} />
              )}
              {!card.published && t('templates.neverPublished')}
            </span>
            <span className={styles.used}>{usageWords(t, card.usage)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
