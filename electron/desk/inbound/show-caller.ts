import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { CallerMatch, CallerScreen } from '../../../shared/contract/inbound-channels.ts';
import type { CaseId, CreditorId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { readDirectoryState } from '../directory/directory-store.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';
import { readServed } from '../store/served-cases.ts';
import { readTelephoneCall } from '../store/telephone-call-store.ts';
import { findCallers } from './find-callers.ts';

type Showing = Pick<Session, 'callers' | 'db' | 'sync' | 'clock' | 'notify' | 'telephone' | 'book' | 'siteZone' | 'user'>;

/** Who may be calling; asks the hub for what it needs and is told again when it comes. */
export function showCaller(session: Showing, { callId, creditorId: chosen }: QueryRequest<'show-caller'>): Result<QueryOutput<'show-caller'>> {
  session.telephone.commitTold();
  const call = readTelephoneCall(session.db, callId);
  if (call === null || call.direction !== 'inbound') return fail('telephone-call-not-there', 'error.telephoneCallNotThere');
  const { number, called, reached } = findCallers(session, call);
  const state = readDirectoryState(session.db);
  const named = (creditorId: CreditorId): CallerScreen['creditors'][number] => (
    { creditorId, creditorName: state?.creditors.find((one) => one.creditorId === creditorId)?.creditorName ?? nameFromHere(session, reached.find((one) => one.creditorId === creditorId)?.caseId) });
  const creditorIds = [...new Set(reached.map(({ creditorId }) => creditorId))];
  const creditorId = called ?? chosen ?? (creditorIds.length === 1 ? creditorIds[0] ?? null : null);
  const base = {
    callId, creditor: creditorId === null ? null : named(creditorId), isCalled: called !== null,
    directory: state === null ? 'none' as const : state.isWhole ? 'whole' as const : 'filling' as const,
  };
  if (number !== 'number') return ok({ ...base, kind: number === 'extension' ? 'extension' : 'unknown', creditors: [], matches: [] });
  if (reached.length === 0) return ok({ ...base, kind: 'nobody', creditors: [], matches: [] });
  if (creditorId === null) return ok({ ...base, kind: 'creditors', creditors: creditorIds.map(named), matches: [] });
  const mine = reached.filter((one) => one.creditorId === creditorId);
  const matches = mine.map(({ caseId }) => describe(session, caseId));
  const nameless = matches.filter(({ customerName }) => customerName === null).map(({ caseId }) => caseId);
  if (mine.length > 1) session.callers.askNames(session, callId, nameless);
  return ok({ ...base, kind: mine.length === 1 ? 'one' : mine.length === 0 ? 'nobody' : 'several', creditors: [], matches });
}

function describe(session: Showing, caseId: CaseId): CallerMatch {
  const held = session.book.get(caseId, viewContext(session));
  const arrived = session.callers.arrivedOf(caseId);
  const name = arrived ?? session.callers.nameOf(caseId);
  const isHere = (held !== null && !held.taken) || arrived !== null;
  return {
    caseId, customerName: held?.entity.customer.name ?? name?.customerName ?? null, customerCode: held?.entity.customer.code ?? name?.customerCode ?? null,
    state: isHere ? 'here' : session.callers.isGone(caseId) ? 'gone' : session.sync.network === 'offline' ? 'offline' : 'fetching',
    colleague: arrived !== null ? arrived.colleague : held?.served === true ? readServed(session.db, caseId)?.colleague ?? null : null,
  };
}

function nameFromHere(session: Showing, caseId: CaseId | undefined): string {
  return caseId === undefined ? '' : session.book.get(caseId, viewContext(session))?.entity.creditorName ?? session.callers.arrivedOf(caseId)?.creditorName ?? '';
}
