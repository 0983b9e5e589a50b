import { useApolloClient, useMutation } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import type { ResultOf, VariablesOf } from '../../api/graphql.ts';
import { moneyFromText } from '../../words/format.ts';
import { CreateMutation, InviteMutation, PlanQuery } from './documents.ts';
import type { Draft, Invitee } from './draft.ts';

export type Plan = ResultOf<typeof PlanQuery>['projectPlan'];
type Planned = VariablesOf<typeof PlanQuery>;
type Problems = Partial<Record<'account' | 'website' | 'products' | 'person' | 'revenue' | 'name', string>>;
type NotInvited = { projectId: string; accountId: string; people: (Invitee & { reason: string })[] };

/** Where the server's refusals belong on the page. */
const placeOf: Record<string, keyof Problems> = {
  'newAccount.name': 'account',
  'newAccount.website': 'website',
  products: 'products',
  revenue: 'revenue',
  name: 'name',
};

/**
 * Makes the project, its account along with it, then invites its people one by one. Each act carries a key of the draft,
 * so that a second press, or one after a lost answer, makes nothing twice. `planned`: what the draft's plan is asked with.
 */
export function useCreate(draft: Draft, planned: Planned, onCreated: () => void) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const navigate = useNavigate();
  const [createProject] = useMutation(CreateMutation);
  const [invite] = useMutation(InviteMutation);
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isCreating, setCreating] = useState(false);
  const [notInvited, setNotInvited] = useState<NotInvited | null>(null);
  const invitees = draft.people.filter((person) => person.email.trim() !== '' || person.name.trim() !== '');

  function problemsOf(plan: Plan | null): Problems {
    const found: Problems = {};
    const { account } = draft;
    if (account === null) found.account = t('newIntegration.problem.account');
    else if (account.kind === 'new' && account.website.trim() === '')
      found.website = t('newIntegration.problem.website');
    if (draft.products.length === 0) found.products = t('newIntegration.problem.products');
    if (invitees.some((one) => !/^\S+@\S+\.\S+$/.test(one.email.trim()) || one.name.trim() === '')) {
      found.person = t('newIntegration.problem.person');
    }
    if (draft.revenue.trim() !== '' && !Number.isFinite(moneyFromText(draft.revenue, currencyOf(plan)))) {
      found.revenue = t('newIntegration.problem.revenue');
    }
    if ((draft.name ?? plan?.name ?? '').trim() === '') found.name = t('newIntegration.problem.name');
    return found;
  }

  /** Of what stands in the draft now: the page may still show the plan of a moment ago, or none yet. */
  async function planNow(): Promise<Plan | null> {
    if (draft.products.length === 0) return null;
    const { data } = await client.query({ query: PlanQuery, variables: planned });
    return data?.projectPlan ?? null;
  }

  async function inviteOne(person: Invitee, accountId: string): Promise<string | null> {
    const input = {
      idempotencyKey: `${draft.idempotencyKey} ${person.key}`,
      email: person.email.trim(),
      name: person.name.trim(),
      role: person.role,
      accountId,
      projectIds: [],
    };
    try {
      const { data } = await invite({ variables: { input } });
      return data?.personInvite.userErrors[0]?.message ?? null;
    } catch (error) {
      return t(`comments.failure.${failureOf(error)}`);
    }
  }

  async function send(plan: Plan | null, isDraft: boolean): Promise<void> {
    const currency = currencyOf(plan);
    const { account } = draft;
    if (account === null) return;
    const input = {
      idempotencyKey: draft.idempotencyKey,
      accountId: account.kind === 'known' ? account.id : null,
      newAccount:
        account.kind === 'new' ? { name: account.name, website: account.website, timeZone: account.timeZone } : null,
      platform: draft.platform,
      products: draft.products,
      templateKeys: (plan?.offered ?? []).filter((one) => one.isChosen).map((one) => one.template.key),
      name: draft.name ?? plan?.name ?? null,
      pmId: draft.pmId,
      signedOn: draft.signedOn,
      targetOn: draft.targetOn,
      revenue: draft.revenue.trim() === '' ? null : { amountMinor: moneyFromText(draft.revenue, currency), currency },
      handOver: handedOver(draft, plan),
      isDraft,
    };
    const { data } = await createProject({ variables: { input } });
    const refusal = data?.projectCreate.userErrors[0];
    const project = data?.projectCreate.project;
    if (refusal || !project) {
      const place = placeOf[refusal?.field ?? ''];
      if (place && refusal) setProblems({ [place]: refusal.message });
      setFailure(t('newIntegration.failed', { reason: refusal?.message ?? '' }));
      return;
    }
    onCreated();
    await inviteAll(project.id, project.account.id, isDraft ? [] : invitees);
  }

  /** To the project, once everybody has their invitation; the others are shown with the reason. */
  async function inviteAll(projectId: string, accountId: string, people: Invitee[]): Promise<void> {
    const refused: NotInvited['people'] = [];
    for (const person of people) {
      const reason = await inviteOne(person, accountId);
      if (reason !== null) refused.push({ ...person, reason });
    }
    if (refused.length > 0) setNotInvited({ projectId, accountId, people: refused });
    else await navigate({ to: '/projects/$projectId', params: { projectId } });
  }

  async function inviteAgain(): Promise<void> {
    if (isCreating || notInvited === null) return;
    setCreating(true);
    await inviteAll(notInvited.projectId, notInvited.accountId, notInvited.people);
    setCreating(false);
  }

  async function create({ isDraft }: { isDraft: boolean }): Promise<void> {
    if (isCreating) return;
    setCreating(true);
    try {
      const plan = await planNow();
      const found = problemsOf(plan);
      setProblems(found);
      setFailure(Object.values(found)[0] ?? null);
      if (Object.keys(found).length === 0) await send(plan, isDraft);
    } catch (error) {
      setFailure(t('newIntegration.failed', { reason: t(`comments.failure.${failureOf(error)}`) }));
    } finally {
      setCreating(false);
    }
  }

  return { create, inviteAgain, problems, failure, isCreating, notInvited };
}

const currencyOf = (plan: Plan | null) => plan?.currency ?? 'EUR';

/** Of what was typed, what the chosen templates ask for and nobody has written down yet. */
function handedOver({ handOver }: Draft, plan: Plan | null) {
  return (plan?.handOver ?? []).flatMap(({ key, known }) => {
    const value = (handOver[key] ?? '').trim();
    return known === null && value !== '' ? [{ key, value }] : [];
  });
}
