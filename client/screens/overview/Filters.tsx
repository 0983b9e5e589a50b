import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { platforms, products } from '../../api/options.ts';
import { courts, type Filter, healths, states } from './look.ts';
import { SearchField } from './SearchField.tsx';
import styles from './Toolbar.module.css';
import { Choices, ToolPopover } from './ToolPopover.tsx';

export type Options = { pms: { id: string; name: string }[]; phases: string[] };
type Props = { filter: Filter; options: Options; onFilter: (filter: Filter) => void };

/** What the list can be narrowed by, a button each; the rarer ones behind "More". */
export function Filters({ filter, options, onFilter }: Props) {
  const { t } = useTranslation();
  const put = (part: Partial<Filter>) => onFilter({ ...filter, ...part });
  const hasMore =
    filter.states ?? filter.phase ?? filter.targetFrom ?? filter.targetTo ?? filter.isMine ?? filter.hasReview;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw and read a frame around a bar of buttons.
    <div className={styles.filters} role="group" aria-label={t('overview.filter.label')}>
      <SearchField value={filter.text ?? ''} onChange={(text) => put({ text: text || null })} />
      <ToolPopover label={t('overview.filter.pm')} isOn={filter.pmIds !== null}>
        <Choices
          legend={t('overview.filter.pm')}
          options={options.pms.map(({ id, name }) => ({ value: id, label: name }))}
          picked={filter.pmIds}
          onPick={(pmIds) => put({ pmIds })}
        />
      </ToolPopover>
      <ToolPopover label={t('overview.filter.platform')} isOn={filter.platforms !== null}>
        <Choices
          legend={t('overview.filter.platform')}
          options={platforms.map((value) => ({ value, label: t(`names.platform.${value}`) }))}
          picked={filter.platforms}
          onPick={(picked) => put({ platforms: picked })}
        />
      </ToolPopover>
      <ToolPopover label={t('overview.filter.product')} isOn={filter.products !== null}>
        <Choices
          legend={t('overview.filter.product')}
          options={products.map((value) => ({ value, label: t(`names.product.${value}`) }))}
          picked={filter.products}
          onPick={(picked) => put({ products: picked })}
        />
      </ToolPopover>
      <ToolPopover label={t('overview.filter.health')} isOn={filter.healths !== null}>
        <Choices
          legend={t('overview.filter.health')}
          options={healths.map((value) => ({ value, label: t(`names.health.${value}`) }))}
          picked={filter.healths}
          onPick={(picked) => put({ healths: picked })}
        />
      </ToolPopover>
      <ToolPopover label={t('overview.filter.court')} isOn={filter.courts !== null}>
        <Choices
          legend={t('overview.filter.court')}
          options={courts.map((value) => ({
            value,
            label: t(`names.court.${value}`, { company: t('overview.us') }),
          }))}
          picked={filter.courts}
          onPick={(picked) => put({ courts: picked })}
        />
      </ToolPopover>
      <ToolPopover label={t('overview.filter.more')} isOn={hasMore !== null}>
        <div className={styles.more}>
          <Choices
            legend={t('overview.filter.state')}
            options={states.map((value) => ({ value, label: t(`names.projectState.${value}`) }))}
            picked={filter.states}
            onPick={(picked) => put({ states: picked })}
          />
          <NativeSelect
            size="xs"
            label={t('overview.filter.phase')}
            value={filter.phase ?? ''}
            data={['', ...options.phases]}
            onChange={(event) => put({ phase: event.currentTarget.value || null })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('overview.filter.from')}
            value={filter.targetFrom ?? ''}
            onChange={(event) => put({ targetFrom: event.currentTarget.value || null })}
          />
          <TextInput
            type="date"
            size="xs"
            label={t('overview.filter.to')}
            value={filter.targetTo ?? ''}
            onChange={(event) => put({ targetTo: event.currentTarget.value || null })}
          />
          <Flag
            label={t('overview.filter.mine')}
            isOn={filter.isMine}
            onChange={(isMine) => put({ isMine: isMine || null })}
          />
          <Flag
            label={t('overview.filter.review')}
            isOn={filter.hasReview}
            onChange={(hasReview) => put({ hasReview: hasReview || null })}
          />
        </div>
      </ToolPopover>
    </div>
  );
}

type FlagProps = { label: string; isOn: boolean | null; onChange: (isOn: boolean) => void };

function Flag({ label, isOn, onChange }: FlagProps) {
  return (
    <label className={styles.choice}>
      <input type="checkbox" checked={isOn === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
