import { lazy, Suspense } from 'react';
import { getI18n, useTranslation } from 'react-i18next';
import { Internal } from '../../components/Internal.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { EditableField } from '../../features/projectEdit/EditableField.tsx';
import { money } from '../../words/format.ts';
import styles from './Project.module.css';
import type { ProjectShown } from './ProjectScreen.tsx';

const TemplateUpdates = lazy(async () => {
  const [{ TemplateUpdates: Shown }, { addTemplateUpdateWords }] = await Promise.all([
    import('../../features/templateUpdate/TemplateUpdates.tsx'),
    import('../../words/templateUpdate.ts'),
  ]);
  addTemplateUpdateWords(getI18n());
  return { default: Shown };
});

const StaffPlan = lazy(async () => {
  const [{ StaffPlan: Shown }, { addPlanWords }] = await Promise.all([
    import('../../features/plan/StaffPlan.tsx'),
    import('../../words/plan.ts'),
  ]);
  addPlanWords(getI18n());
  return { default: Shown };
});

type Props = { project: ProjectShown; company: string };

/** What only staff know of a project. Money stands there for whoever may know of it. */
export function StaffFacts({ project, company }: Props) {
  const { t } = useTranslation();
  const { staff, state } = project;
  if (!staff) return null;
  return (
    <Internal company={company} title={t('project.internal.title')}>
      <dl className={styles.facts}>
        {staff.revenue && (
          <>
            <dt>{t(`project.internal.${revenueOf(state)}`)}</dt>
            <dd>
              <EditableField project={project} field="revenue">
                {t('project.internal.aMonth', { sum: money(staff.revenue) })}
              </EditableField>
            </dd>
          </>
        )}
        <dt>{t('project.internal.lastActivity')}</dt>
        <dd>
          {staff.lastClientActivityAt ? <RelativeTime at={staff.lastClientActivityAt} /> : t('project.internal.never')}
        </dd>
      </dl>
      {(state === 'ACTIVE' || state === 'DRAFT' || state === 'ON_HOLD') && (
        <Suspense fallback={null}>
          <StaffPlan projectId={project.id} position={project.position} canEdit={project.viewerCan.edit} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <TemplateUpdates projectId={project.id} company={company} />
      </Suspense>
    </Internal>
  );
}

function revenueOf(state: ProjectShown['state']): 'revenue' | 'revenueLive' | 'revenueOff' {
  if (state === 'CANCELLED') return 'revenueOff';
  return state === 'LIVE' || state === 'CLOSED' ? 'revenueLive' : 'revenue';
}
