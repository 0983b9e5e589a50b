import { Button, NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { hereZone, ZoneSelect } from '../../components/ZoneSelect.tsx';
import styles from './SignIn.module.css';
import { SignInPage } from './SignInPage.tsx';
import { useArrive } from './useArrive.ts';

const route = getRouteApi('/set-up');

const problems = {
  SET_UP_TOKEN: 'setUp.tokenWrong',
  RATE_LIMITED: 'signIn.tooMany',
  OFFLINE: 'setUp.offline',
} as const;
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} ${names.of(code) ?? ''}` }));
}

/** The very first page of an installation, by the link in the terminal of whoever runs it. */
export function SetUpScreen() {
  const { t } = useTranslation();
  const options = route.useLoaderData();
  const { token } = route.useSearch();
  const arrive = useArrive();
  const [input, setInput] = useState({ company: '', name: '', email: '', timeZone: hereZone(), currency: 'EUR' });
  const [problem, setProblem] = useState<keyof typeof problems | 'EMAIL' | 'FAILED' | null>(null);
  const [isOver, setOver] = useState(options?.isFresh === false);
  const [isBusy, setBusy] = useState(false);
  const set = (field: keyof typeof input) => (value: string) => {
    setInput((had) => ({ ...had, [field]: value }));
    setProblem(null);
  };

  async function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (!address.test(input.email.trim())) return setProblem('EMAIL');
    setBusy(true);
    const answer = await arrive('/auth/set-up', { ...input, token: token ?? '' }, undefined);
    setBusy(false);
    if (answer.ok) return;
    if (answer.code === 'SET_UP_OVER') return setOver(true);
    setProblem(answer.code in problems ? (answer.code as keyof typeof problems) : 'FAILED');
  }

  if (isOver) {
    return (
      <SignInPage company={options?.company ?? t('common.slipway')} title={t('setUp.overTitle')} lead={t('setUp.over')}>
        <Link to="/sign-in" className={styles.again}>
          {t('setUp.toSignIn')}
        </Link>
      </SignInPage>
    );
  }
  const text = (field: 'company' | 'name' | 'email', autoComplete: string) => ({
    label: t(`setUp.${field}`),
    name: field,
    size: 'md' as const,
    maxLength: 200,
    autoComplete,
    value: input[field],
    onChange: (event: { currentTarget: HTMLInputElement }) => set(field)(event.currentTarget.value),
  });
  const isWhole = [input.company, input.name, input.email].every((value) => value.trim() !== '');
  return (
    <SignInPage company={t('common.slipway')} title={t('setUp.title')} lead={t('setUp.lead')}>
      <form className={styles.fields} onSubmit={handleSubmit} noValidate>
        <TextInput {...text('company', 'organization')} autoFocus />
        <TextInput {...text('name', 'name')} />
        <TextInput
          {...text('email', 'email')}
          type="email"
          description={t('setUp.emailHint')}
          error={problem === 'EMAIL' ? t('signIn.emailInvalid') : undefined}
        />
        <ZoneSelect label={t('setUp.timeZone')} size="md" value={input.timeZone} onChange={set('timeZone')} />
        <NativeSelect
          label={t('setUp.currency')}
          size="md"
          data={currencies()}
          value={input.currency}
          onChange={(event) => set('currency')(event.currentTarget.value)}
        />
        {problem && problem !== 'EMAIL' && (
          <FieldError>{t(problem === 'FAILED' ? 'setUp.failed' : problems[problem])}</FieldError>
        )}
        <Button type="submit" size="md" loading={isBusy} disabled={!isWhole}>
          {t('setUp.start')}
        </Button>
      </form>
    </SignInPage>
  );
}
