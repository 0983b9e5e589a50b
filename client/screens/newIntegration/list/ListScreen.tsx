import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../../components/NotFound.tsx';
import { FieldError } from '../../../components/Notice.tsx';
import { useNow } from '../../../components/now.ts';
import { Page } from '../../../components/Page.tsx';
import { useViewer, type Viewer } from '../../../features/viewer/viewer.ts';
import { todayOf } from '../../../words/format.ts';
import { Field } from '../Field.tsx';
import fields from '../NewIntegration.module.css';
import { Columns } from './Columns.tsx';
import { GiveList } from './GiveList.tsx';
import styles from './List.module.css';
import { Rows } from './Rows.tsx';
import { badRowsCsv, save } from './reading.ts';
import { type Row, type RowState, statesOf } from './rows.ts';
import { Sum } from './Sum.tsx';
import { type Choice, useList } from './useList.ts';

/** Many integrations at once, out of a list of accounts as a CRM exports it. For whoever may start one. */
export function ListScreen() {
  const viewer = useViewer();
  return viewer.viewerCan.createProjects ? (
    <NewIntegrations viewer={viewer} />
  ) : (
    <NotFound company={viewer.company.name} />
  );
}

function NewIntegrations({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  const today = todayOf(useNow());
  const [choice, setChoice] = useState<Choice>({ signedOn: today, isDraft: false });
  const { list, noList, doing, failure, run, take, make, stop, mend, lookAgain, startOver } = useList(choice);

  const choose = (changes: Partial<Choice>) => {
    const next = { ...choice, ...changes };
    setChoice(next);
    void lookAgain(next);
  };
  const page = {
    title: t('newIntegration.list.title'),
    company: viewer.company.name,
    trail: <Link to="/projects/new">{t('newIntegration.title')}</Link>,
    state: t('newIntegration.list.state'),
  };
  if (!list) {
    return (
      <Page {...page}>
        <GiveList noList={noList} isReading={doing !== null} onGive={(source, name) => void take(source, name)} />
      </Page>
    );
  }
  const states = statesOf(list.rows);
  const of = (...wanted: RowState[]) =>
    list.rows.filter(({ number }) => wanted.includes(states.get(number)?.state ?? 'unplanned'));
  const toMend = of('mend');
  const toMake = of('ready', 'uninvited');
  return (
    <Page {...page}>
      <div className={styles.list}>
        <Sum rows={list.rows} states={states} unreadable={list.read.unreadable} isLooking={doing === 'reading'} />
        <Columns columns={list.columns} />
        <div className={styles.choices}>
          <Field label={t('newIntegration.list.signedOn')} hint={t('newIntegration.list.signedHint')}>
            {(ids) => (
              <input
                {...ids}
                type="date"
                className={fields.input}
                disabled={doing === 'making'}
                value={choice.signedOn}
                onChange={(event) => choose({ signedOn: event.currentTarget.value || today })}
              />
            )}
          </Field>
          <label className={fields.check}>
            <input
              type="checkbox"
              disabled={doing === 'making'}
              checked={choice.isDraft}
              onChange={(event) => choose({ isDraft: event.currentTarget.checked })}
            />
            {t('newIntegration.list.asDrafts')}
          </label>
        </div>
        {failure !== null && <FieldError>{failure}</FieldError>}
        {doing === 'making' && run ? (
          <div className={styles.run}>
            <progress
              className={styles.progress}
              value={run.done}
              max={run.of}
              aria-label={t('newIntegration.list.making')}
            />
            <span className={styles.figure}>{t('newIntegration.list.progress', { done: run.done, of: run.of })}</span>
            <Button variant="default" onClick={stop}>
              {t('newIntegration.list.stop')}
            </Button>
          </div>
        ) : (
          <div className={styles.acts}>
            {toMake.length > 0 && (
              <Button loading={doing === 'reading'} onClick={() => void make()}>
                {makeWords(toMake, states)}
              </Button>
            )}
            {toMend.length > 0 && (
              <Button
                variant="default"
                onClick={() => save(badRowsCsv(list.read.columns, badOf(toMend)), t('newIntegration.list.badFile'))}
              >
                {t('newIntegration.list.download', { count: toMend.length })}
              </Button>
            )}
            <Button variant="subtle" color="gray" onClick={startOver}>
              {t('newIntegration.list.another')}
            </Button>
          </div>
        )}
        <Rows
          rows={list.rows}
          states={states}
          columns={list.columns}
          isBusy={doing !== null}
          onMend={(row, cells) => void mend(row, cells)}
        />
      </div>
    </Page>
  );

  function makeWords(rows: readonly Row[], at: typeof states): string {
    const count = rows.filter(({ number }) => at.get(number)?.state === 'ready').length;
    if (count === 0) return t('newIntegration.inviteAgain');
    return t(run ? 'newIntegration.list.goOn' : 'newIntegration.list.make', { count });
  }
}

const badOf = (rows: readonly Row[]) =>
  rows.map(({ cells, plan }) => ({
    cells,
    reasons: (plan?.problems ?? []).map(({ field, message }) => (field ? `${field}: ${message}` : message)),
  }));
