import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { InternalMark } from '../../components/Internal.tsx';
import { Skeletons } from '../../components/Skeletons.tsx';
import { Tag } from '../../components/Tag.tsx';
import { WantedShown } from './checks/WantedShown.tsx';
import { conditionWords } from './conditionWords.ts';
import type { Variable } from './DocumentationEditor.tsx';
import { DocumentationText } from './DocumentationText.tsx';
import type { Input, Road, Task } from './documents.ts';
import styles from './Editor.module.css';
import { FormPreview } from './FormPreview.tsx';
import { Measured } from './Measured.tsx';
import { tasksOf } from './road.ts';

const CheckShown = lazy(async () => ({ default: (await import('./CheckParts.tsx')).CheckShown }));

type Props = { templateId: string; task: Task; road: Road; variables: readonly Variable[]; company: string };

/** A task of a version that nobody edits, as a page to read. */
export function TaskView({ templateId, task, road, variables, company }: Props) {
  const { t } = useTranslation();
  const isInternal = task.visibility === 'INTERNAL';
  const after = tasksOf(road).filter((each) => task.after.includes(each.key));
  return (
    <article className={styles.page} data-internal={isInternal || undefined}>
      <div className={styles.section}>
        {isInternal && <InternalMark company={company} />}
        <h2 className={styles.title}>{task.title.trim() || t('templates.outline.untitledTask')}</h2>
        <p className={styles.lead}>
          {t('templates.task.purposeLine', { purpose: task.purpose.replace(/[.\s]+$/, '') })}
        </p>
        <p className={styles.tags}>
          <Tag>{t(`names.taskType.${task.type}`)}</Tag>
          <Tag>{t(`names.side.${task.side}`, { company })}</Tag>
          {task.isGate && <Tag>{t('templates.outline.gate')}</Tag>}
          {task.holdsPhases && <Tag>{t('templates.task.holds')}</Tag>}
          {task.reviewer && (
            <Tag>{t('templates.task.reviewerTag', { who: t(`templates.task.reviewer${task.reviewer}`) })}</Tag>
          )}
          {task.assignee && <Tag>{t(`templates.task.assignee${task.assignee}`)}</Tag>}
        </p>
        <p className={styles.small}>
          {t('common.minutes', { count: task.minutes })} ·{' '}
          {t('templates.task.dueShort', { count: task.dueInBusinessDays })}
        </p>
        <Measured templateId={templateId} task={task} road={road} />
      </div>
      {task.when.length > 0 && (
        <section className={styles.section}>
          <h3 className={styles.heading}>{t('templateConditions.title')}</h3>
          <ul className={styles.waits}>
            {task.when.map((one) => (
              <li key={JSON.stringify(one)} className={styles.wait}>
                {conditionWords(t, road, one)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {after.length > 0 && (
        <section className={styles.section}>
          <h3 className={styles.heading}>{t('templates.task.after')}</h3>
          <ul className={styles.waits}>
            {after.map((each) => (
              <li key={each.key} className={styles.wait}>
                {each.title}
              </li>
            ))}
          </ul>
        </section>
      )}
      {task.inputs.length > 0 && (
        <section className={styles.section}>
          <h3 className={styles.heading}>{t('templates.inputs.title')}</h3>
          <ul className={styles.list}>
            {task.inputs.map((input) => (
              <li key={input.key} className={styles.section}>
                <span>
                  <strong>{input.label}</strong>
                  {!input.isRequired && <span className={styles.soft}> ({t('templates.inputs.optional')})</span>}
                </span>
                <InputShown input={input} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section}>
        <h3 className={styles.heading}>{t('templates.documentation.title')}</h3>
        <p className={styles.small}>{t('templates.documentation.preview')}</p>
        <div className={styles.read}>
          <DocumentationText text={task.documentation} variables={variables} />
        </div>
      </section>
    </article>
  );
}

function InputShown({ input }: { input: Input }) {
  const { t } = useTranslation();
  switch (input.kind) {
    case 'FORM':
      return <FormPreview questions={input.questions ?? []} />;
    case 'FILE':
      return (
        <>
          <p className={styles.soft}>
            {t('templates.inputs.show.FILE', { extensions: (input.acceptedExtensions ?? []).join(', ') })}
          </p>
          {input.check && (
            <Suspense fallback={<Skeletons shape="line" />}>
              <CheckShown check={input.check} />
            </Suspense>
          )}
        </>
      );
    case 'CREDENTIALS':
      return (
        <p className={styles.soft}>
          {t('templates.inputs.show.CREDENTIALS', {
            fields: (input.fields ?? [])
              .map(({ label, isRequired }) => (isRequired ? label : `${label} (${t('templates.inputs.optional')})`))
              .join(', '),
          })}
          {input.test && (
            <>
              {' · '}
              {t('templateChecks.testShown', { platform: t(`inputs.credentials.platform.${input.test.platform}`) })}
            </>
          )}
        </p>
      );
    case 'APPROVAL':
      return <p className={styles.soft}>{t('templates.inputs.show.APPROVAL', { statement: input.statement ?? '' })}</p>;
    case 'MEETING':
      return <p className={styles.soft}>{t('templates.inputs.show.MEETING', { minutes: input.minutes ?? 0 })}</p>;
    case 'CHECK':
      return <WantedShown input={input} />;
    default:
      return (
        <>
          <p className={styles.soft}>{t('templates.inputs.show.URL')}</p>
          {input.check && (
            <Suspense fallback={<Skeletons shape="line" />}>
              <CheckShown check={input.check} />
            </Suspense>
          )}
        </>
      );
  }
}
