import { useQuery } from '@apollo/client/react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platforms, products } from '../../api/options.ts';
import { InlineDate, InlineText } from '../../components/InlineEdit.tsx';
import { InlineChoices, InlineSelect } from '../../components/InlineEditChoice.tsx';
import { InlineMoney } from '../../components/InlineEditMoney.tsx';
import { useNow } from '../../components/now.ts';
import { dayWords, money, todayOf } from '../../words/format.ts';
import { PossiblePms } from './documents.ts';
import type { EditableFieldName } from './EditableField.tsx';
import { type Editable, useProjectEdit } from './useProjectEdit.ts';

export { addEditingWords } from '../../words/editing.ts';

type EditorProps = { project: Editable; children?: ReactNode };

/** What one field of a project is edited in, where it stands. */
export function FieldEditor({ field, ...props }: EditorProps & { field: EditableFieldName }) {
  const Editor = editors[field];
  return <Editor {...props} />;
}

const editors: Record<EditableFieldName, (props: EditorProps) => ReactNode> = {
  name: EditName,
  targetOn: EditTarget,
  signedOn: EditSigned,
  pm: EditPm,
  products: EditProducts,
  platform: EditPlatform,
  revenue: EditRevenue,
  accountName: EditAccountName,
  website: EditWebsite,
};

function EditName({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const { edit } = useProjectEdit(project);
  return (
    <InlineText
      label={t('projectEdit.label.name')}
      value={project.name}
      maxLength={120}
      onSave={(value) => edit('name', value, t('projectEdit.done.name', { value }))}
    >
      {children}
    </InlineText>
  );
}

function EditTarget({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { edit } = useProjectEdit(project);
  return (
    <InlineDate
      label={t('projectEdit.label.targetOn')}
      value={project.targetOn}
      onSave={(value) => edit('targetOn', value, t('projectEdit.done.targetOn', { value: dayWords(value, today) }))}
    >
      {children}
    </InlineDate>
  );
}

function EditSigned({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { edit } = useProjectEdit(project);
  return (
    <InlineDate
      label={t('projectEdit.label.signedOn')}
      value={project.signedOn}
      onSave={(value) => edit('signedOn', value, t('projectEdit.done.signedOn', { value: dayWords(value, today) }))}
    >
      {children}
    </InlineDate>
  );
}

function EditPm({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const { edit } = useProjectEdit(project);
  const [isWanted, setWanted] = useState(false);
  // One question for all rows of a table, and only once somebody comes near one.
  const { data } = useQuery(PossiblePms, { skip: !isWanted });
  const others = (data?.possiblePms ?? []).filter((person) => person.id !== project.pm.id);
  const options = [project.pm, ...others]
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only fetches the names ahead of the press.
    <span onPointerEnter={() => setWanted(true)} onFocus={() => setWanted(true)}>
      <InlineSelect
        label={t('projectEdit.label.pm')}
        value={project.pm.id}
        options={options}
        onSave={(value) => {
          const name = options.find((option) => option.value === value)?.label ?? '';
          return edit('pmId', value, t('projectEdit.done.pm', { value: name }));
        }}
      >
        {children}
      </InlineSelect>
    </span>
  );
}

function EditProducts({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const { edit } = useProjectEdit(project);
  return (
    <InlineChoices
      label={t('projectEdit.label.products')}
      value={project.products}
      options={products.map((value) => ({ value, label: t(`names.product.${value}`) }))}
      onSave={(value) => edit('products', [...value], t('projectEdit.done.products'))}
    >
      {children}
    </InlineChoices>
  );
}

function EditPlatform({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const { edit } = useProjectEdit(project);
  return (
    <InlineSelect
      label={t('projectEdit.label.platform')}
      value={project.platform}
      options={platforms.map((value) => ({ value, label: t(`names.platform.${value}`) }))}
      onSave={(value) =>
        edit('platform', value, t('projectEdit.done.platform', { value: t(`names.platform.${value}`) }))
      }
    >
      {children}
    </InlineSelect>
  );
}

function EditRevenue({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const { edit } = useProjectEdit(project);
  const revenue = project.staff?.revenue;
  if (!revenue) return null;
  const { amountMinor, currency } = revenue;
  return (
    <InlineMoney
      label={t('projectEdit.label.revenue')}
      value={{ amountMinor, currency }}
      onSave={(value) => edit('revenue', value, t('projectEdit.done.revenue', { value: money(value) }))}
    >
      {children}
    </InlineMoney>
  );
}

function EditAccountName({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const { editOfAccount } = useProjectEdit(project);
  return (
    <InlineText
      label={t('projectEdit.label.accountName')}
      value={project.account.name}
      maxLength={120}
      onSave={(value) => editOfAccount('name', value, t('projectEdit.done.accountName', { value }))}
    >
      {children}
    </InlineText>
  );
}

function EditWebsite({ project, children }: EditorProps) {
  const { t } = useTranslation();
  const { editOfAccount } = useProjectEdit(project);
  return (
    <InlineText
      label={t('projectEdit.label.website')}
      value={project.account.website}
      maxLength={300}
      inputMode="url"
      onSave={(value) => editOfAccount('website', value, t('projectEdit.done.website'))}
    >
      {children}
    </InlineText>
  );
}
