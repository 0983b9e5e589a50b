import { lazy, type ReactNode, Suspense } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../api/graphql.ts';
import { useNow } from '../../components/now.ts';
import { dayWords, money, todayOf } from '../../words/format.ts';
import { ProjectEditable } from './editable.ts';
import type { Editable } from './useProjectEdit.ts';

/** Clients edit nothing of a project: the editors are not loaded for them. */
const FieldEditor = lazy(async () => {
  const loaded = await import('./FieldEditor.tsx');
  loaded.addEditingWords(getI18n());
  return { default: loaded.FieldEditor };
});

export type EditableFieldName =
  | 'name'
  | 'targetOn'
  | 'signedOn'
  | 'pm'
  | 'products'
  | 'platform'
  | 'revenue'
  | 'accountName'
  | 'website';

type Props = {
  project: FragmentOf<typeof ProjectEditable>;
  field: EditableFieldName;
  /** How the value stands there while nobody edits it; its words when left out. */
  children?: ReactNode;
};

/** One field of a project, edited where it stands by whoever may; for everybody else only its value. */
export function EditableField({ project: masked, field, children }: Props) {
  const project = readFragment(ProjectEditable, masked);
  const { edit, editMoney, assignPm } = project.viewerCan;
  const may = field === 'revenue' ? editMoney : field === 'pm' ? assignPm : edit;
  const plain = children ?? <PlainValue project={project} field={field} />;
  if (!may) return plain;
  return (
    <Suspense fallback={plain}>
      <FieldEditor project={project} field={field}>
        {children}
      </FieldEditor>
    </Suspense>
  );
}

function PlainValue({ project, field }: { project: Editable; field: EditableFieldName }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  switch (field) {
    case 'name':
      return project.name;
    case 'targetOn':
    case 'signedOn':
      return dayWords(project[field], today);
    case 'pm':
      return project.pm.name;
    case 'products':
      return project.products.map((product) => t(`names.product.${product}`)).join(', ');
    case 'platform':
      return t(`names.platform.${project.platform}`);
    case 'revenue':
      return project.staff?.revenue ? money(project.staff.revenue) : null;
    case 'accountName':
      return project.account.name;
    case 'website':
      return new URL(project.account.website).host;
  }
}
