import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldError } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/Time.tsx';
import { useUndo } from '../../components/UndoToast.tsx';
import type { Settings, Shown } from '../../features/firstLook/look.ts';
import { Boosts } from './Boosts.tsx';
import { type Base, type Draft, type DraftProblem, draftOf, settingsOf } from './draft.ts';
import styles from './SuggestPanel.module.css';
import { type Outcome, useSuggest } from './useSuggest.ts';

type Mock = Shown['mocks'][number];
type Props = {
  projectId: string;
  mock: Mock;
  /** What the settings say in words: "Search". */
  productName: string;
  isStaff: boolean;
  company: string;
  viewerCan: { suggest: boolean; setDefaults: boolean };
  draft: Draft;
  base: Base;
  onDraft: (draft: Draft | null) => void;
  /** Asks for what holds now. */
  onSaved: () => Promise<unknown>;
};

/** What can be had otherwise in a mock: tried out at once, and saved for the real set-up. */
export function SuggestPanel({
  projectId,
  mock,
  productName,
  isStaff,
  company,
  viewerCan,
  draft,
  base,
  onDraft,
  onSaved,
}: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { save, saveDefaults, outcome, clear, isSaving } = useSuggest(projectId, mock.product, base);
  const [problem, setProblem] = useState<DraftProblem | null>(null);
  const offerUndo = useUndo();
  const shown = useRef(draft);
  useEffect(() => {
    shown.current = draft;
  }, [draft]);
  /** What was tried out is what holds by now, and the panel follows what others save; what was typed meanwhile stays. */
  const leave = (tried: Draft) => {
    if (JSON.stringify(shown.current) === JSON.stringify(tried)) onDraft(null);
  };
  const isChanged = JSON.stringify(draftOf(mock.settings)) !== JSON.stringify(draft);
  const mayChange = viewerCan.suggest || viewerCan.setDefaults;

  const change = (part: Partial<Draft>) => {
    setProblem(null);
    clear();
    onDraft({ ...draft, ...part });
  };
  const send = async (act: (settings: Settings) => Promise<Outcome>) => {
    const read = settingsOf(draft);
    if ('problem' in read) return setProblem(read.problem);
    const { kind } = await act(read.settings);
    await onSaved();
    if (kind === 'saved' || kind === 'defaultsSaved') leave(draft);
  };
  const takeBack = async (act: typeof save, before: Settings, sentence: string, thing: string) => {
    setProblem(null);
    const { kind } = await act(null);
    await onSaved();
    if (kind !== 'takenBack' && kind !== 'defaultsTakenBack') return;
    leave(draft);
    const undo = async () => {
      const came = await act(before, 0);
      await onSaved();
      if (came.kind === 'saved' || came.kind === 'defaultsSaved') return null;
      clear();
      if (came.kind === 'refused') return came.message;
      return t(came.kind === 'conflict' ? 'firstLook.suggest.undoConflict' : 'undo.failed');
    };
    offerUndo(sentence, undo, `${thing} ${mock.product}`);
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send(viewerCan.suggest ? save : saveDefaults);
  };
  return (
    <form className={styles.panel} aria-labelledby={`${id}-title`} onSubmit={handleSubmit} noValidate>
      <div className={styles.head}>
        <h2 id={`${id}-title`} className={styles.title}>
          {t(isStaff ? 'firstLook.suggest.titleStaff' : 'firstLook.suggest.title')}
        </h2>
        <p className={styles.soft}>{mayChange ? t('firstLook.suggest.why') : <WhoSuggested mock={mock} />}</p>
        {mayChange && mock.suggestion && (
          <p className={styles.held}>
            <span>
              <WhoSuggested mock={mock} />
            </span>
            {viewerCan.suggest && (
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={isSaving}
                onClick={() =>
                  takeBack(save, mock.settings, t('firstLook.suggest.takenBack', { company }), 'suggestion')
                }
              >
                {t('firstLook.suggest.takeBack')}
              </Button>
            )}
          </p>
        )}
        {mayChange && mock.defaults && (!mock.suggestion || viewerCan.setDefaults) && (
          <p className={styles.held}>
            <span>{t('firstLook.suggest.defaultsNote', { product: productName, company })}</span>
            {viewerCan.setDefaults && (
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={isSaving}
                onClick={() => {
                  const { layout, results } = mock.defaults?.values ?? mock.settings;
                  const before = { layout, results, accent: null, synonyms: [], boosts: [] };
                  const sentence = t('firstLook.suggest.defaultsTakenBack', { product: productName });
                  void takeBack(saveDefaults, before, sentence, 'defaults');
                }}
              >
                {t('firstLook.suggest.defaultsTakeBack')}
              </Button>
            )}
          </p>
        )}
      </div>
      <fieldset className={styles.fields} disabled={!mayChange}>
        <div className={styles.field}>
          <span id={`${id}-layout`} className={styles.label}>
            {t('firstLook.suggest.layout')}
          </span>
          <SegmentedControl
            fullWidth
            disabled={!mayChange}
            aria-labelledby={`${id}-layout`}
            value={draft.layout}
            onChange={(value) => change({ layout: value === 'LIST' ? 'LIST' : 'GRID' })}
            data={[
              { value: 'GRID', label: t('firstLook.suggest.GRID') },
              { value: 'LIST', label: t('firstLook.suggest.LIST') },
            ]}
          />
        </div>
        <div className={styles.field}>
          <label className={styles.label} htmlFor={`${id}-accent`}>
            {t('firstLook.suggest.accent')}
          </label>
          <span className={styles.colour}>
            <input
              id={`${id}-accent`}
              type="color"
              className={styles.swatch}
              value={draft.accent ?? '#808080'}
              onChange={(event) => change({ accent: event.currentTarget.value.toLowerCase() })}
            />
            {draft.accent === null ? (
              <span className={styles.soft}>{t('firstLook.suggest.brandAccentHint')}</span>
            ) : (
              <Button variant="subtle" size="compact-sm" onClick={() => change({ accent: null })}>
                {t('firstLook.suggest.brandAccent')}
              </Button>
            )}
          </span>
        </div>
        <TextInput
          label={t('firstLook.suggest.results')}
          inputMode="numeric"
          maxLength={3}
          className={styles.short}
          value={draft.results}
          error={problem?.field === 'results' ? t('firstLook.suggest.resultsWrong') : undefined}
          onChange={(event) => change({ results: event.currentTarget.value })}
        />
        {mock.kind === 'SEARCH' && (
          <Textarea
            label={t('firstLook.suggest.synonyms')}
            description={t('firstLook.suggest.synonymsHint')}
            rows={4}
            maxLength={60_000}
            dir="auto"
            value={draft.synonyms}
            error={synonymsWords()}
            onChange={(event) => change({ synonyms: event.currentTarget.value })}
          />
        )}
        <Boosts
          boosts={draft.boosts}
          wrongLine={problem?.field === 'boosts' ? problem.line : null}
          isReadOnly={!mayChange}
          onBoosts={(boosts) => change({ boosts })}
        />
      </fieldset>
      {outcome?.kind === 'conflict' && (
        <div className={styles.conflict} role="alert">
          <p>{t('firstLook.suggest.conflict')}</p>
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              clear();
              onDraft(draftOf(outcome.theirs));
            }}
          >
            {t('firstLook.suggest.takeTheirs')}
          </Button>
        </div>
      )}
      {outcome?.kind === 'refused' && <FieldError>{outcome.message}</FieldError>}
      {outcome?.kind === 'failed' && <FieldError>{t(`firstLook.suggest.failure.${outcome.failure}`)}</FieldError>}
      {mayChange && (
        <div className={styles.acts}>
          {viewerCan.suggest && (
            <Button type="submit" loading={isSaving}>
              {t('firstLook.suggest.save')}
            </Button>
          )}
          {viewerCan.setDefaults && (
            <Button
              type={viewerCan.suggest ? 'button' : 'submit'}
              variant="default"
              loading={isSaving}
              onClick={viewerCan.suggest ? () => void send(saveDefaults) : undefined}
            >
              {t('firstLook.suggest.setDefaults', { product: productName })}
            </Button>
          )}
          {isChanged && (
            <Button variant="subtle" onClick={() => onDraft(null)}>
              {t('firstLook.suggest.reset')}
            </Button>
          )}
        </div>
      )}
      <p className={styles.done} role="status">
        {outcome?.kind === 'saved' && t('firstLook.suggest.saved')}
        {outcome?.kind === 'defaultsSaved' && t('firstLook.suggest.defaultsSaved', { product: productName })}
      </p>
    </form>
  );

  function synonymsWords(): string | undefined {
    if (problem?.field === 'synonyms') return t('firstLook.suggest.synonymsWrong', { line: problem.line });
    return problem?.field === 'synonymsMany' ? t('firstLook.suggest.synonymsMany') : undefined;
  }
}

function WhoSuggested({ mock }: { mock: Mock }) {
  const { t } = useTranslation();
  if (!mock.suggestion) return t('firstLook.suggest.nothing');
  const { by, at } = mock.suggestion;
  return (
    <>
      {by ? t('firstLook.suggest.by', { name: by.name }) : t('firstLook.suggest.byNobody')} <RelativeTime at={at} />
    </>
  );
}
