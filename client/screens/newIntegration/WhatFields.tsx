import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EnumOf, ResultOf } from '../../api/graphql.ts';
import { platforms, products } from '../../api/options.ts';
import { FieldError } from '../../components/Notice.tsx';
import type { PlanQuery } from './documents.ts';
import type { Draft } from './draft.ts';
import { Field } from './Field.tsx';
import styles from './NewIntegration.module.css';

type Props = {
  draft: Draft;
  plan: ResultOf<typeof PlanQuery>['projectPlan'] | null;
  problem: string | null;
  onChange: (changes: Partial<Draft>) => void;
};

/** Platform and products, and the templates that fit them. */
export function WhatFields({ draft, plan, problem, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = (plan?.offered ?? []).filter((one) => one.isChosen).map((one) => one.template.key);
  const toggled = (product: EnumOf<'Product'>, isOn: boolean) =>
    products.filter((one) => (one === product ? isOn : draft.products.includes(one)));
  const names = (list: readonly EnumOf<'Product'>[]) => list.map((one) => t(`names.product.${one}`)).join(', ');
  return (
    <section className={styles.group} aria-labelledby="what-title">
      <h2 id="what-title" className={styles.legend}>
        {t('newIntegration.what.title')}
      </h2>
      <div className={styles.pair}>
        <Field label={t('newIntegration.what.platform')}>
          {(ids) => (
            <NativeSelect
              {...ids}
              classNames={{ input: styles.input }}
              value={draft.platform}
              onChange={(event) =>
                onChange({ platform: event.currentTarget.value as Draft['platform'], templateKeys: null })
              }
            >
              {platforms.map((platform) => (
                <option key={platform} value={platform}>
                  {t(`names.platform.${platform}`)}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <fieldset className={styles.checks}>
          <legend className={styles.label}>{t('newIntegration.what.products')}</legend>
          <div className={styles.checkRow}>
            {products.map((product) => (
              <label key={product} className={styles.check}>
                <input
                  type="checkbox"
                  checked={draft.products.includes(product)}
                  onChange={(event) =>
                    onChange({ products: toggled(product, event.currentTarget.checked), templateKeys: null })
                  }
                />
                {t(`names.product.${product}`)}
              </label>
            ))}
          </div>
          {problem && <FieldError>{problem}</FieldError>}
        </fieldset>
      </div>
      {plan && plan.offered.length > 0 && (
        <fieldset className={styles.checks}>
          <legend className={styles.label}>{t('newIntegration.what.templates')}</legend>
          {plan.offered.map(({ template, isFitting, isChosen }) => (
            <label key={template.id} className={styles.check}>
              <input
                type="checkbox"
                checked={isChosen}
                onChange={(event) =>
                  onChange({
                    templateKeys: event.currentTarget.checked
                      ? [...chosen, template.key]
                      : chosen.filter((key) => key !== template.key),
                  })
                }
              />
              <span>
                {template.name}
                {!isFitting && <span className={styles.hint}> {t('newIntegration.what.otherPlatform')}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {plan && plan.uncoveredProducts.length > 0 && (
        <p className={styles.note}>
          {t('newIntegration.what.uncovered', {
            products: names(plan.uncoveredProducts),
            platform: t(`names.platform.${draft.platform}`),
          })}
        </p>
      )}
    </section>
  );
}
