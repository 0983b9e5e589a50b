import type { Services } from '../../platform/services.ts';
import { openCredentials } from '../credentials/queries.ts';
import { feedRun } from '../feeds/run.ts';
import { type CheckResult, runCheck } from '../fetching/runCheck.ts';
import { checkSpec } from '../fetching/spec.ts';
import { type CheckRow, feedIdsOf } from './queries.ts';
import { openSecret } from './secrets.ts';

const patienceMs = 120_000;
/** Ten pages, each opened in a browser of its own after others had theirs. */
const renderingMs = 420_000;

/** Looks once, with what has to be opened for it. Throws when our own machinery breaks, or `signal` ends it. */
export async function lookOnce(services: Services, check: CheckRow, signal: AbortSignal): Promise<CheckResult> {
  const secret = openSecret(services, check);
  if (check.spec.kind === 'FEED') {
    const spec = { ...check.spec, auth: secret && 'user' in secret ? secret : null };
    return ended(signal, await feedRun(services, { submissionId: check.submissionId, spec }, signal));
  }
  const sealed = check.spec.kind === 'CREDENTIALS' ? { values: await openCredentials(services, check) } : {};
  const spec = checkSpec.parse({ ...check.spec, ...sealed, ...(secret && 'secret' in secret ? secret : {}) });
  const isRun = spec.kind === 'TAG' && services.render !== null;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(isRun ? renderingMs : patienceMs)]);
  const feedIds = spec.kind === 'TAG' ? await feedIdsOf(services, check.projectId) : null;
  return answered(ended(signal, await runCheck(services, spec, { signal: limited, feedIds })));
}

/** Where nobody answered there is no verdict: it is tried again like anything that breaks on our side. */
function answered(result: CheckResult): CheckResult {
  const { facts } = result;
  if (facts.kind === 'CREDENTIALS' && facts.credentials.answer === 'SILENT') {
    throw new Error(`no answer of ${facts.credentials.platform}`);
  }
  const unanswered = facts.kind === 'DNS' ? facts.dns.unanswered : [];
  if (unanswered.length > 0) throw new Error(`no name server answered: ${unanswered.join(', ')}`);
  return result;
}

/** What was cut off by us says nothing about the other side. */
function ended(signal: AbortSignal, result: CheckResult): CheckResult {
  signal.throwIfAborted();
  return result;
}
