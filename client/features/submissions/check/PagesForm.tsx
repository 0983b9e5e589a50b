import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnumOf } from '../../../api/graphql.ts';
import { FieldError } from '../../../components/Notice.tsx';
import { AddressField } from '../AddressField.tsx';
import type { Place } from '../deliveries.ts';
import { FormActions } from '../FormActions.tsx';
import { addressProblem } from './addressProblem.ts';
import styles from './Check.module.css';
import { useHandIn } from './useHandIn.ts';

type PageType = EnumOf<'CheckPageType'>;
type Page = { type: PageType; url: string };
type Props = {
  place: Place;
  types: readonly PageType[];
  before: readonly Page[];
  onDone: () => void;
  onCancel: (() => void) | null;
};

const mostPages = 10;

/** One address for each kind of page on which the tag should be. */
export function PagesForm({ place, types, before, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const { isBusy, handIn, changed } = useHandIn(place);
  const [pages, setPages] = useState<readonly Page[]>(() => {
    const wanted = types.filter((type) => !before.some((page) => page.type === type));
    return [...before.map(({ type, url }) => ({ type, url })), ...wanted.map((type) => ({ type, url: '' }))];
  });
  const [faults, setFaults] = useState<ReadonlyMap<number, string>>(new Map());
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const set = (at: number, url: string) => {
    setPages((now) => now.map((page, index) => (index === at ? { ...page, url } : page)));
    setFaults(new Map());
    setProblem(null);
    changed();
  };
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const trimmed = pages.map((page) => ({ ...page, url: page.url.trim() }));
    // A page that was added and left empty is nothing that was asked for.
    const found = trimmed.flatMap(({ url }, at) => {
      const fault = url === '' && at >= types.length ? null : addressProblem(url);
      return fault ? [[at, t(`submissions.url.${fault}`)] as const] : [];
    });
    setFaults(new Map(found));
    const [first] = found;
    if (first) {
      form.current?.querySelectorAll('input')[first[0]]?.focus();
      return;
    }
    const refused = await handIn({ pages: trimmed.filter(({ url }) => url !== '') });
    setProblem(refused && t('submissions.url.refused', { reason: refused.message }));
    if (!refused) onDone();
  };
  return (
    <form ref={form} className={styles.form} onSubmit={handleSubmit} noValidate>
      <p className={styles.soft}>{t('checks.pages.hint')}</p>
      <div className={styles.page}>
        {pages.map(({ type, url }, at) => (
          <AddressField
            // biome-ignore lint/suspicious/noArrayIndexKey: pages keep their places
            key={at}
            label={t(`checks.pages.type.${type}`)}
            placeholder={t('submissions.url.placeholder')}
            value={url}
            error={faults.get(at)}
            onChange={(event) => set(at, event.currentTarget.value)}
          />
        ))}
      </div>
      {problem && <FieldError>{problem}</FieldError>}
      <FormActions submit={t('checks.pages.submit')} isBusy={isBusy} onCancel={onCancel}>
        {pages.length < mostPages && (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} stroke={1.5} aria-hidden />}
            onClick={() => setPages((now) => [...now, { type: 'OTHER', url: '' }])}
          >
            {t('checks.pages.add')}
          </Button>
        )}
      </FormActions>
    </form>
  );
}
