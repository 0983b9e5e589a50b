import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../../api/failure.ts';
import { ListPlanQuery, RowMutation } from './documents.ts';
import { type NoList, type ReadList, readList } from './reading.ts';
import { type Plan, type Row, rowsOf, sharingId, statesOf } from './rows.ts';

/** Of one look; the server takes 250, and a request a megabyte. */
const rowsAtOnce = 100;

type List = { id: string; read: ReadList; rows: Row[]; columns: Plan['columns'] };
export type Choice = { signedOn: string; isDraft: boolean };

/**
 * A list from its file to the integrations that were made of it. Looking makes nothing; running makes row after row, each
 * by itself and under a key of its own, so that it can be stopped, and go on, after any of them.
 */
export function useList(choice: Choice) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [list, setList] = useState<List | null>(null);
  const [noList, setNoList] = useState<NoList | null>(null);
  const [doing, setDoing] = useState<'reading' | 'making' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [run, setRun] = useState<{ done: number; of: number } | null>(null);
  const isStopped = useRef(false);

  useEffect(() => {
    if (doing !== 'making') return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [doing]);
  // Whoever leaves the page stops it: nobody would see what becomes of the rest.
  useEffect(
    () => () => {
      isStopped.current = true;
    },
    [],
  );

  const put = (changed: readonly Row[]) => {
    const byNumber = new Map(changed.map((row) => [row.number, row]));
    setList((had) => had && { ...had, rows: had.rows.map((row) => byNumber.get(row.number) ?? row) });
  };

  async function plan(headers: readonly string[], rows: readonly Row[], { signedOn, isDraft }: Choice) {
    const input = {
      columns: [...headers],
      rows: rows.map(({ number, cells }) => ({ number, cells })),
      signedOn,
      isDraft,
    };
    const { data } = await client.query({ query: ListPlanQuery, variables: { input }, fetchPolicy: 'no-cache' });
    if (!data) throw new Error('no plan');
    return data.projectListPlan;
  }

  /** Looks at rows that were not made yet. */
  async function look(at: List, rows: readonly Row[], as: Choice): Promise<void> {
    const open = rows.filter(({ result }) => result === null);
    setDoing('reading');
    setFailure(null);
    try {
      // At least one look: it says what the columns were taken for.
      for (let from = 0; from === 0 || from < open.length; from += rowsAtOnce) {
        const part = open.slice(from, from + rowsAtOnce);
        const planned = await plan(at.read.columns, part, as);
        const byNumber = new Map(planned.rows.map((row) => [row.number, row]));
        setList((had) => had && { ...had, columns: planned.columns });
        put(part.map((row) => ({ ...row, plan: byNumber.get(row.number) ?? null })));
      }
    } catch (error) {
      setFailure(t('newIntegration.list.notLooked', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
    setDoing(null);
  }

  async function take(source: Blob, name: string): Promise<void> {
    setDoing('reading');
    setNoList(null);
    setRun(null);
    const read = await readList(source, name).catch((): NoList => ({ problem: 'unreadable' }));
    if ('problem' in read) {
      setNoList(read);
      setDoing(null);
      return;
    }
    const rows = rowsOf(read);
    const taken = { id: crypto.randomUUID(), read, rows, columns: [] };
    setList(taken);
    await look(taken, rows, choice);
  }

  async function makeOne(at: List, row: Row): Promise<Row> {
    const input = {
      idempotencyKey: `${at.id} ${row.number} ${row.edits}`,
      columns: at.read.columns,
      cells: row.cells,
      ...choice,
    };
    const { data } = await client.mutate({ mutation: RowMutation, variables: { input } });
    const answer = data?.projectCreateFromRow;
    if (!answer) throw new Error('no answer');
    if (answer.project) {
      const { id: projectId, name } = answer.project;
      const { isMade, invited, notInvited } = answer;
      return { ...row, result: { projectId, name, isMade, invited, notInvited: notInvited?.message ?? null } };
    }
    // It changed since it was looked at: somebody is here by now, or a template is not offered any more.
    return { ...row, plan: row.plan && { ...row.plan, state: 'REFUSED', problems: answer.userErrors, sameAs: null } };
  }

  async function make(): Promise<void> {
    if (!list || doing) return;
    const states = statesOf(list.rows);
    const wanted = list.rows.filter(({ number }) => /^(ready|uninvited)$/.test(states.get(number)?.state ?? ''));
    isStopped.current = false;
    setDoing('making');
    setFailure(null);
    setRun({ done: 0, of: wanted.length });
    try {
      for (const [index, row] of wanted.entries()) {
        if (isStopped.current) break;
        put([await makeOne(list, row)]);
        setRun({ done: index + 1, of: wanted.length });
      }
    } catch (error) {
      setFailure(t('newIntegration.list.halted', { reason: t(`comments.failure.${failureOf(error)}`) }));
    }
    setDoing(null);
  }

  return {
    list,
    noList,
    doing,
    failure,
    run,
    take,
    make,
    stop: () => {
      isStopped.current = true;
    },
    mend: async (row: Row, cells: string[]) => {
      if (!list || doing) return;
      const mended = { ...row, cells, edits: row.edits + 1 };
      put([mended]);
      const rows = list.rows.map((one) => (one.number === row.number ? mended : one));
      await look(list, sharingId(rows, list.columns, row, mended), choice);
    },
    lookAgain: async (as: Choice) => {
      if (list) await look(list, list.rows, as);
    },
    startOver: () => {
      setList(null);
      setRun(null);
      setFailure(null);
    },
  };
}
