import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { templateCard } from '../../features/templates/acts.ts';
import { usageWords } from '../../features/templates/usage.ts';
import { dayWords } from '../../words/format.ts';
import type { VersionLine } from './parts.ts';
import styles from './Templates.module.css';

type StateProps = { template: FragmentOf<typeof templateCard> };

/** One line that tells what the template is for, what is published, and how far it is used. */
export function TemplateState({ template: masked }: StateProps) {
  const { t } = useTranslation();
  const { platform, products, published, usage, retiredAt } = readFragment(templateCard, masked);
  const parts = [
    products.map((product) => t(`names.product.${product}`)).join(', '),
    t(`names.platform.${platform}`),
    published ? t('templates.version', { number: published.number }) : t('templates.neverPublished'),
    published?.isFromFile ? t('templates.cameWithSlipway') : (published?.publishedBy?.name ?? null),
    usageWords(t, usage),
    retiredAt === null ? null : t('templates.retired'),
  ];
  return <>{parts.filter((part) => part).join(' · ')}</>;
}

type PickerProps = { versions: readonly VersionLine[]; versionId: string; onVersion: (id: string) => void };

/** Every version there was, to look at. */
export function VersionPicker({ versions, versionId, onVersion }: PickerProps) {
  const { t } = useTranslation();
  if (versions.length < 2) return null;
  const words = ({ number, state, publishedAt }: VersionLine) => {
    if (state === 'DRAFT') return t('templates.screen.draftOption', { number });
    if (state === 'RETIRED' || !publishedAt) return t('templates.screen.retiredOption', { number });
    const day = publishedAt.slice(0, 10);
    return t('templates.screen.publishedOption', { number, day: dayWords(day, day) });
  };
  return (
    <NativeSelect
      className={styles.versions}
      aria-label={t('templates.screen.versions')}
      value={versionId}
      data={versions.map((version) => ({ value: version.id, label: words(version) }))}
      onChange={(event) => onVersion(event.currentTarget.value)}
    />
  );
}
