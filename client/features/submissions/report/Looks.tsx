import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { readFragment } from '../../../api/graphql.ts';
import { count } from '../../../words/format.ts';
import { findingSampleFragment } from './documents.ts';
import { FindingItem } from './FindingItem.tsx';
import { lookSamplesQuery, looksQuery } from './lookDocuments.ts';
import styles from './Report.module.css';
import { type FindingView, findingsOf, type SampleView } from './view.ts';

/** Until what is being looked at is there, it is asked for this often. */
const lookEveryMs = 3_000;

/** What some of the links and pictures behind the rows turned out to be: it comes after the verdict and moves nothing. */
export function Looks({ submissionId: id }: { submissionId: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { data, startPolling, stopPolling } = useQuery(looksQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    skipPollAttempt: () => document.hidden,
  });
  const node = data?.node && 'report' in data.node ? data.node : null;
  const looks = node?.report?.looks ?? null;
  const isLooking = looks?.state === 'LOOKING';
  useEffect(() => {
    if (!isLooking) return;
    startPolling(lookEveryMs);
    return stopPolling;
  }, [isLooking, startPolling, stopPolling]);
  if (!looks) return null;

  const findings = findingsOf(looks.findings, 0);
  const loadSamples = async ({ at }: FindingView): Promise<readonly SampleView[] | null> => {
    const found = await client
      .query({ query: lookSamplesQuery, variables: { id }, fetchPolicy: 'no-cache' })
      .catch(() => null);
    const asked = found?.data?.node;
    const all = asked && 'report' in asked ? asked.report?.looks?.findings[at] : null;
    return all ? readFragment(findingSampleFragment, all.samples) : null;
  };
  const { links, images, rows, wanted } = looks;
  return (
    <section className={styles.findings} aria-label={t('report.looks.title')}>
      <h3 className={styles.heading}>{t('report.looks.title')}</h3>
      <p className={styles.soft} role="status">
        {looks.state === 'LOOKING' && t('report.looks.looking', { count: wanted, shown: count(wanted) })}
        {looks.state === 'FAILED' && t('report.looks.failed')}
        {looks.state === 'DONE' &&
          t(`report.looks.${doneWords(links, images)}`, {
            links: t('report.looks.links', { count: links, shown: count(links) }),
            images: t('report.looks.images', { count: images, shown: count(images) }),
            rows: t('report.looks.rows', { count: rows, shown: count(rows) }),
          })}{' '}
        {looks.state === 'DONE' && links === 0 && t(`report.looks.noLinks.${looks.noLinks ?? 'UNKNOWN'}`)}{' '}
        {looks.state === 'DONE' && images === 0 && t(`report.looks.noImages.${looks.noImages ?? 'UNKNOWN'}`)}{' '}
        {looks.state === 'DONE' && findings.length === 0 && links + images > 0 && t('report.looks.good')}
      </p>
      {findings.length > 0 && (
        <ol className={styles.list} aria-label={t('report.looks.found')}>
          {findings.map((finding) => (
            <FindingItem
              key={`${finding.rule} ${finding.title}`}
              finding={finding}
              loadSamples={loadSamples}
              canRepair={false}
              isRepairMain={false}
              repairBox={null}
              onRepair={nothing}
              editOf={nothing}
              onEdit={nothing}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

/** What was looked at; of what was not, the reason is said in its place. */
function doneWords(links: number, images: number) {
  if (links > 0) return images > 0 ? 'done' : 'doneLinks';
  return images > 0 ? 'doneImages' : 'doneNothing';
}

/** What stands behind a row is mended in the shop. */
function nothing(): undefined {
  return undefined;
}
