import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../components/NotFound.tsx';
import { FieldError } from '../../components/Notice.tsx';
import { useNow } from '../../components/now.ts';
import { Page } from '../../components/Page.tsx';
import { useViewer, type Viewer } from '../../features/viewer/viewer.ts';
import { dayWords, todayOf } from '../../words/format.ts';
import { AccountField } from './AccountField.tsx';
import { PlanQuery, PmsQuery } from './documents.ts';
import { useDraft } from './draft.ts';
import { Field } from './Field.tsx';
import { HandOverFields } from './HandOverFields.tsx';
import styles from './NewIntegration.module.css';
import { PeopleFields } from './PeopleFields.tsx';
import { Preview } from './Preview.tsx';
import { useCreate } from './useCreate.ts';
import { WhatFields } from './WhatFields.tsx';

/** From a signed proposal to a project whose client is invited, on one page. For whoever may start one. */
export function NewIntegrationScreen() {
  const viewer = useViewer();
  return viewer.viewerCan.createProjects ? (
    <NewIntegration viewer={viewer} />
  ) : (
    <NotFound company={viewer.company.name} />
  );
}

function NewIntegration({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const { draft, change, forget, startOver } = useDraft(viewer.person.id, today);
  const { data: people } = useQuery(PmsQuery);
  const accountId = draft.account?.kind === 'known' ? draft.account.id : null;
  const planned = {
    input: {
      platform: draft.platform,
      products: draft.products,
      signedOn: draft.signedOn || today,
      templateKeys: draft.templateKeys,
      accountId,
    },
  };
  const { data, previousData, loading, error, refetch } = useQuery(PlanQuery, {
    variables: planned,
    skip: draft.products.length === 0,
    notifyOnNetworkStatusChange: true,
  });
  const plan = draft.products.length === 0 ? null : ((data ?? previousData)?.projectPlan ?? null);
  const { create, inviteAgain, problems, failure, isCreating, notInvited } = useCreate(draft, planned, forget);
  const [isDraftWanted, setDraftWanted] = useState(false);
  const invited = draft.people.filter((person) => person.email.trim() !== '').length;
  const pms = people?.possiblePms ?? [{ id: viewer.person.id, name: viewer.person.name }];

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    setDraftWanted(false);
    void create({ isDraft: false });
  };
  if (notInvited) {
    return (
      <Page
        title={t('newIntegration.title')}
        company={viewer.company.name}
        heading={t('newIntegration.invitesFailedTitle')}
      >
        <ul className={styles.failures}>
          {notInvited.people.map((one) => (
            <li key={one.key}>{t('newIntegration.inviteFailed', { email: one.email, reason: one.reason })}</li>
          ))}
        </ul>
        <div className={styles.again}>
          <Button loading={isCreating} onClick={() => void inviteAgain()}>
            {t('newIntegration.inviteAgain')}
          </Button>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link {...props} to="/projects/$projectId" params={{ projectId: notInvited.projectId }} />
            )}
          >
            {t('newIntegration.openProject')}
          </Button>
        </div>
      </Page>
    );
  }
  return (
    <Page
      title={t('newIntegration.title')}
      company={viewer.company.name}
      trail={<Link to="/overview">{t('project.trail')}</Link>}
      state={t('newIntegration.state')}
      actions={<Link to="/projects/new/list">{t('newIntegration.list.link')}</Link>}
    >
      <form className={styles.columns} onSubmit={handleSubmit} noValidate>
        <div className={styles.groups}>
          <section className={styles.group} aria-labelledby="account-title">
            <h2 id="account-title" className={styles.legend}>
              {t('newIntegration.account.title')}
            </h2>
            <AccountField
              account={draft.account}
              problem={problems.account ?? problems.website ?? null}
              onChange={(account, platform) => change({ account, ...(platform && { platform, templateKeys: null }) })}
            />
          </section>
          <section className={styles.group} aria-labelledby="people-title">
            <h2 id="people-title" className={styles.legend}>
              {t('newIntegration.people.title')}
            </h2>
            <p className={styles.hint}>{t('newIntegration.people.hint')}</p>
            <PeopleFields people={draft.people} onChange={(next) => change({ people: next })} />
            {problems.person && <FieldError>{problems.person}</FieldError>}
          </section>
          <WhatFields draft={draft} plan={plan} problem={problems.products ?? null} onChange={change} />
          <section className={styles.group} aria-labelledby="when-title">
            <h2 id="when-title" className={styles.legend}>
              {t('newIntegration.when.title')}
            </h2>
            <div className={styles.pair}>
              <Field label={t('newIntegration.when.signedOn')}>
                {(ids) => (
                  <input
                    {...ids}
                    type="date"
                    className={styles.input}
                    value={draft.signedOn}
                    onChange={(event) => change({ signedOn: event.currentTarget.value || today })}
                  />
                )}
              </Field>
              <Field
                label={t('newIntegration.when.targetOn')}
                hint={
                  draft.targetOn && plan
                    ? t('newIntegration.when.targetOwn', { day: dayWords(plan.targetOn, today) })
                    : t('newIntegration.when.targetHint')
                }
              >
                {(ids) => (
                  <input
                    {...ids}
                    type="date"
                    className={styles.input}
                    min={draft.signedOn}
                    value={draft.targetOn ?? plan?.targetOn ?? ''}
                    onChange={(event) => change({ targetOn: event.currentTarget.value || null })}
                  />
                )}
              </Field>
              <Field label={t('newIntegration.when.pm')}>
                {(ids) => (
                  <NativeSelect
                    {...ids}
                    classNames={{ input: styles.input }}
                    value={draft.pmId}
                    onChange={(event) => change({ pmId: event.currentTarget.value })}
                  >
                    {pms.map((person) => (
                      <option key={person.id} value={person.id}>
                        {person.name}
                      </option>
                    ))}
                  </NativeSelect>
                )}
              </Field>
              <Field
                label={
                  plan
                    ? t('newIntegration.when.revenueIn', { currency: plan.currency })
                    : t('newIntegration.when.revenue')
                }
                error={problems.revenue}
              >
                {(ids) => (
                  <input
                    {...ids}
                    className={styles.input}
                    inputMode="decimal"
                    autoComplete="off"
                    maxLength={20}
                    value={draft.revenue}
                    onChange={(event) => change({ revenue: event.currentTarget.value })}
                  />
                )}
              </Field>
            </div>
            <Field label={t('newIntegration.when.name')} error={problems.name}>
              {(ids) => (
                <input
                  {...ids}
                  className={styles.input}
                  autoComplete="off"
                  maxLength={120}
                  value={draft.name ?? plan?.name ?? ''}
                  onChange={(event) => change({ name: event.currentTarget.value || null })}
                />
              )}
            </Field>
          </section>
          {plan && (
            <HandOverFields
              items={plan.handOver}
              values={draft.handOver}
              onChange={(handOver) => change({ handOver })}
            />
          )}
        </div>
        <aside className={styles.side}>
          <Preview
            plan={plan}
            isLoading={loading}
            isFailed={error !== undefined}
            onRetry={() => void refetch().catch(() => {})}
          />
          <div className={styles.end}>
            {failure !== null && <FieldError>{failure}</FieldError>}
            <Button type="submit" size="md" loading={isCreating && !isDraftWanted}>
              {t(invited > 0 ? 'newIntegration.create' : 'newIntegration.createAlone')}
            </Button>
            <Button
              variant="default"
              loading={isCreating && isDraftWanted}
              onClick={() => {
                setDraftWanted(true);
                void create({ isDraft: true });
              }}
            >
              {t('newIntegration.createDraft')}
            </Button>
            <p className={styles.hint}>{t('newIntegration.draftHint')}</p>
            <Button variant="subtle" color="gray" size="compact-sm" onClick={startOver}>
              {t('newIntegration.startOver')}
            </Button>
          </div>
        </aside>
      </form>
    </Page>
  );
}
