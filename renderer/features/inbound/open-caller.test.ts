/** The way from a call to its case, while the hub takes its time; only the desk is the test's. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { CallerScreen } from '../../../shared/contract/inbound-channels.ts';
import type { CallId, CaseId, CreditorId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { RequestEnvelope } from '../../bridge/preload-api.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useRunningCall } from '../call/running-call.ts';
import { goToCaller } from './open-caller.ts';

const caller = newId<CaseId>();
const chosen = newId<CaseId>();
const creditor = { creditorId: newId<CreditorId>(), creditorName: 'Acque di Prova' };
const screen: CallerScreen = {
  callId: newId<CallId>(), kind: 'one', creditor, isCalled: true, creditors: [], directory: 'whole',
  matches: [{ caseId: caller, customerName: 'Vera Sospesi', customerCode: 'T0003', state: 'here', colleague: null }],
};
let answer: (result: Result<unknown>) => void;
/** The case is on its way from the hub. */
let asked: Promise<void>;

beforeEach(() => {
  const served = new Promise<Result<unknown>>((resolve) => { answer = resolve; });
  let reach: () => void;
  asked = new Promise((resolve) => { reach = resolve; });
  vi.stubGlobal('window', { premura: { request: ({ name }: RequestEnvelope): Promise<unknown> => {
    if (name === 'show-caller') return Promise.resolve(ok(screen));
    if (name !== 'serve-case') throw new Error(`nobody answers ${name}`);
    reach();
    return served;
  } } });
  useNavigation.setState({ place: { name: 'worklist' }, searchOpen: false });
  useRunningCall.setState({ isKnown: true, call: null });
});

afterEach(() => { vi.unstubAllGlobals(); });

async function arrives(meanwhile: () => void, result: Result<unknown> = ok({ caseId: caller })): Promise<string> {
  const going = goToCaller(newId<CallId>());
  await asked;
  meanwhile();
  answer(result);
  await going;
  const { place } = useNavigation.getState();
  return place.name === 'case' ? place.caseId : place.name;
}

it('opens the one case that the call can be about', async () => {
  expect(await arrives(() => undefined)).toBe(caller);
});

it('leads to the place to search where the hub does not give the case', async () => {
  expect(await arrives(() => undefined, fail('hub-offline', 'error.hubOffline'))).toBe('inbound');
});

it.each([
  ['another case was opened', () => { useNavigation.getState().openCase(chosen); }, chosen],
  ['a search was begun', () => { useNavigation.setState({ searchOpen: true }); }, 'worklist'],
] as const)('stays where the operator went meanwhile: %s', async (_what, meanwhile, place) => {
  expect(await arrives(meanwhile)).toBe(place);
});

it('stays in a case that was opened meanwhile, also where the hub does not give the other one', async () => {
  expect(await arrives(() => { useNavigation.getState().openCase(chosen); }, fail('hub-offline', 'error.hubOffline'))).toBe(chosen);
});
