import { useMutation } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { type Platform, type Product, platforms } from '../../api/options.ts';
import { Dialog, DialogForm } from '../../components/Dialog.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { createMutation } from '../../features/templates/acts.ts';
import { ProductTicks } from '../../features/templates/ProductTicks.tsx';

type Copy = { id: string; name: string; platform: Platform; products: readonly Product[] };
type Props = { copies: readonly Copy[]; onClose: () => void };

/** What a new template is for, and what it begins with. It opens as a draft. */
export function NewTemplate({ copies, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [create, { loading }] = useMutation(createMutation);
  const [name, setName] = useState('');
  const [platform, setPlatform] = useState<Platform>('SHOPIFY');
  const [products, setProducts] = useState<Product[]>(['SEARCH']);
  const [copyOfId, setCopyOfId] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const key = useRef<string>(crypto.randomUUID());

  const handleSubmit = async () => {
    if (name.trim() === '') return setFailure(t('templates.create.nameMissing'));
    if (products.length === 0) return setFailure(t('templates.create.productMissing'));
    setFailure(null);
    try {
      const input = { name: name.trim(), platform, products, copyOfId: copyOfId || null, idempotencyKey: key.current };
      const { data } = await create({ variables: { input } });
      const refusal = data?.templateCreate.userErrors[0];
      if (refusal) setFailure(refusal.message);
      const made = data?.templateCreate.template;
      if (made) await navigate({ to: '/templates/$templateId', params: { templateId: made.id } });
    } catch (error) {
      setFailure(t('templates.screen.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
  };
  const changed = () => {
    key.current = crypto.randomUUID();
  };

  return (
    <Dialog title={t('templates.create.title')} onClose={onClose}>
      <DialogForm
        onSubmit={() => void handleSubmit()}
        actions={
          <>
            <Button type="submit" loading={loading}>
              {t('templates.create.submit')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('templates.create.name')}
          placeholder={t('templates.create.namePlaceholder')}
          value={name}
          maxLength={80}
          onChange={(event) => {
            setName(event.currentTarget.value);
            changed();
          }}
        />
        <NativeSelect
          label={t('templates.create.from')}
          value={copyOfId}
          data={[
            { value: '', label: t('templates.create.empty') },
            ...copies.map((copy) => ({ value: copy.id, label: t('templates.create.copyOf', { name: copy.name }) })),
          ]}
          onChange={(event) => {
            const copy = copies.find((each) => each.id === event.currentTarget.value);
            setCopyOfId(copy?.id ?? '');
            if (copy) {
              setPlatform(copy.platform);
              setProducts([...copy.products]);
            }
            changed();
          }}
        />
        <NativeSelect
          label={t('templates.create.platform')}
          value={platform}
          data={platforms.map((each) => ({ value: each, label: t(`names.platform.${each}`) }))}
          onChange={(event) => {
            setPlatform(platforms.find((each) => each === event.currentTarget.value) ?? 'SHOPIFY');
            changed();
          }}
        />
        <ProductTicks
          products={products}
          onChange={(chosen) => {
            setProducts(chosen);
            changed();
          }}
        />
        {failure && <FieldError>{failure}</FieldError>}
      </DialogForm>
    </Dialog>
  );
}
