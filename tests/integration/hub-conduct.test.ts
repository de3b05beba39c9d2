/** The rules of the house at the hub, on both stores: published, versioned, never looser, and in every desk's feed. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreditorId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import {
  calendarEntitySchema, certificateListSchema, conductEntitySchema, conductOverviewSchema, scriptEntitySchema, scriptListSchema, standardConduct,
} from '../../shared/protocol/conduct-protocol.ts';
import { usualAgreementTerms } from '../../shared/protocol/agreement-terms.ts';
import { ratesEntitySchema, ratesListSchema } from '../../shared/protocol/rates-protocol.ts';
import { hubErrorSchema } from '../../shared/protocol/session-protocol.ts';
import { standardPacks } from '../../shared/script/standard-packs.ts';
import type { TestPostgres } from '../support/start-postgres.ts';
import { startPostgres } from '../support/start-postgres.ts';
import type { FeedPage, SignedIn, TestHub } from './hub-harness.ts';
import { addAndSignIn, errorCode, pullPage, startTestHub } from './hub-harness.ts';
import type { PlantedCase } from './hub-receivables.ts';
import { plantCase } from './hub-receivables.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const [standard] = standardPacks;
if (standard === undefined) throw new Error('there are no standard packs');

/** What somebody would publish: a standard pack with a higher version. */
function packOf(version: string, parts: object = {}): object {
  return { ...standard, version, ...parts };
}

function linesOf(page: FeedPage): string[] {
  return page.entities.map((entity) => `${entity.line} ${entity.kind} ${entity.id}`);
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (dialect) => {
  let hub: TestHub;
  let ada: SignedIn;
  let lina: SignedIn;
  let anna: SignedIn;
  let bruno: SignedIn;
  let planted: PlantedCase;

  beforeEach(async () => {
    hub = await startTestHub(dialect === 'postgres' ? { postgresUrl: await server.createDatabase() } : {});
    ada = await addAndSignIn(hub, 'ada', 'admin');
    lina = await addAndSignIn(hub, 'lina', 'lead');
    anna = await addAndSignIn(hub, 'anna', 'collector');
    bruno = await addAndSignIn(hub, 'bruno', 'collector');
    planted = await plantCase(hub.store, anna.userId);
  });
  afterEach(() => hub.discard());

  function draftOf(creditorId: CreditorId, parts: object = {}): object {
    const { version: _none, ...draft } = standardConduct(creditorId);
    return { ...draft, ...parts };
  }
  function putConduct(parts: object = {}, query = '', creditorId = planted.creditorId): Promise<Response> {
    return lina.call('PUT', `/v1/conduct/${creditorId}${query}`, draftOf(creditorId, parts));
  }
  async function refusal(response: Response): Promise<{ status: number; code: string; details: Record<string, unknown> }> {
    const { error } = hubErrorSchema.parse(await response.json());
    return { status: response.status, code: error.code, details: error.details ?? {} };
  }

  describe('conduct', () => {
    it('is published version by version, reaches everybody, and what was before stays to be read', async () => {
      const stricter = { 'it-unirec': { conversations: { perWeek: 2 } } };
      const first = conductEntitySchema.parse(await (await putConduct({ stricter, printedNumber: '0971 000 000' })).json());
      expect(first).toMatchObject({ version: 1, printedNumber: '0971 000 000', stricter });
      expect(conductEntitySchema.parse(await (await putConduct({ stricter }, '?after=1')).json())).toMatchObject({ version: 2, printedNumber: null });
      for (const person of [ada, lina, anna, bruno]) {
        const entity = (await pullPage(person, '')).entities.find(({ kind }) => kind === 'conduct');
        expect(entity?.line === 'upsert' ? conductEntitySchema.parse(entity.body).version : 0).toBe(2);
      }
      const overview = conductOverviewSchema.parse(await (await lina.call('GET', '/v1/conduct')).json());
      expect(overview.creditors).toMatchObject([{ creditorId: planted.creditorId, conduct: { version: 2 } }]);
      expect(overview.calendar).toBeNull();
      const kept = await hub.store.read((tx) => tx.selectFrom('conducts').select(['version', 'published_by']).orderBy('version').execute());
      expect(kept).toEqual([{ version: 1, published_by: lina.userId }, { version: 2, published_by: lina.userId }]);
    });

    it('is never looser, and the refusal names the field', async () => {
      expect(await refusal(await putConduct({ stricter: { 'it-unirec': { conversations: { perWeek: 9 } } } }))).toMatchObject({
        status: 400, code: 'policy-looser', details: { policyId: 'it-unirec', field: 'stricter.it-unirec.conversations.perWeek' },
      });
      expect(await refusal(await putConduct({ stricter: { 'it-unirec': { scope: { country: 'US' } } } }))).toMatchObject({ status: 400 });
      expect(await refusal(await putConduct({ stricter: { nowhere: {} } }))).toMatchObject({ code: 'policy-unknown', details: { field: 'stricter.nowhere' } });
      const { policyOfKind } = standardConduct(planted.creditorId);
      expect(await refusal(await putConduct({ policyOfKind: { ...policyOfKind, person: 'it-business' } }))).toMatchObject({
        code: 'policy-not-for-kind', details: { field: 'policyOfKind.person', policyId: 'it-business' },
      });
      expect((await putConduct({ identityMethods: {} })).status).toBe(400);
      expect(await hub.store.read((tx) => tx.selectFrom('conducts').selectAll().execute())).toEqual([]);
    });

    it('lets nothing be agreed that does not hold together or that the law does not give, and the refusal names the field', async () => {
      const refused = (change: object): Promise<{ status: number; code: string; details: Record<string, unknown> }> =>
        putConduct({ agreements: { ...usualAgreementTerms, ...change } }).then(refusal);
      const coordinates = { beneficiary: 'Sele', iban: 'IT60X0542811101000000123456', bic: null, cardPage: null };
      expect(await refused({ coordinates: { ...coordinates, iban: 'IT64Y0542811101000000123456' } })).toMatchObject({
        status: 400, code: 'terms-refused', details: { field: 'agreements.coordinates.iban', reason: 'iban-control-letter', messageKey: 'error.iban.controlLetter' },
      });
      expect(await refused({ planLimits: { ...usualAgreementTerms.planLimits, maxInstalments: 24 } })).toMatchObject({
        code: 'terms-refused', details: { field: 'agreements.planLimits.maxDurationMonths', reason: 'terms-duration-too-short' },
      });
      expect(await refused({ interest: { consumer: 'none', business: 'legal', lumpSumCents: 4_000 } })).toMatchObject({
        code: 'terms-refused', details: { field: 'agreements.interest.lumpSumCents', reason: 'terms-lump-sum-alone' },
      });
      // Of consumers never more than the legal rate, and never interest on interest: there is no word for it.
      expect(await refused({ interest: { consumer: 'late-payment', business: 'none', lumpSumCents: 0 } })).toMatchObject({ status: 400, code: 'invalid-request', details: { fields: ['agreements.interest.consumer'] } });
      expect(await refused({ planLimits: { ...usualAgreementTerms.planLimits, interest: { rule: 'compound', basisPoints: 100 } } })).toMatchObject({
        code: 'invalid-request', details: { fields: ['agreements.planLimits.interest.rule'] },
      });
      expect(await hub.store.read((tx) => tx.selectFrom('conducts').selectAll().execute())).toEqual([]);
      expect((await putConduct({ agreements: { ...usualAgreementTerms, coordinates } })).status).toBe(200);
    });

    it('is refused for a creditor that is not there, another one than the address names, and where somebody published meanwhile', async () => {
      expect(await refusal(await putConduct({}, '', newId<CreditorId>()))).toMatchObject({ status: 404, code: 'unknown-creditor' });
      expect(await refusal(await putConduct({ creditorId: newId<CreditorId>() }))).toMatchObject({ code: 'other-creditor' });
      const both = await Promise.all([putConduct({ city: 'Potenza' }, '?after=0'), putConduct({ city: 'Matera' }, '?after=0')]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  it('the calendar is versioned, and takes no day that there is not', async () => {
    const put = (parts: object): Promise<Response> => lina.call('PUT', '/v1/calendar', { calendarId: 'agency', closures: [], patronSaints: [], ...parts });
    const patron = { city: 'Potenza', monthDay: '05-30', name: 'San Gerardo' };
    expect(calendarEntitySchema.parse(await (await put({ patronSaints: [patron] })).json())).toMatchObject({ version: 1, patronSaints: [patron] });
    expect(await errorCode(await put({ patronSaints: [{ ...patron, monthDay: '02-30' }] }))).toBe('no-such-day');
    expect(await errorCode(await put({ closures: [{ from: '2026-08-16', to: '2026-08-10', name: 'Summer' }] }))).toBe('closure-reversed');
    expect(await (await put({ closures: [{ from: '2026-08-10', to: '2026-08-16', name: 'Summer' }] })).json()).toMatchObject({ version: 2 });
    const entity = (await pullPage(anna, '')).entities.find(({ kind }) => kind === 'calendar');
    expect(entity).toMatchObject({ line: 'upsert', id: 'agency', body: { version: 2, patronSaints: [] } });
  });

  it('rates are published by an administrator alone, without holes, version by version, and reach everybody', async () => {
    const row = (from: string, to: string): object => ({ from, to, basisPoints: 1_015, status: 'read', source: 'esempio pubblicato' });
    const put = (rows: object[], query = '', by = ada): Promise<Response> => by.call('PUT', `/v1/rates/it-late-payment${query}`, { rows });
    expect(await errorCode(await put([row('2026-01-01', '2026-06-30')], '', lina))).toBe('not-allowed');
    expect(await refusal(await put([row('2026-01-01', '2026-06-30'), row('2026-07-02', '2026-12-31')]))).toMatchObject({
      status: 400, code: 'rate-table-invalid', details: { field: 'rows.1.from', row: 2, expected: '2026-07-01', messageKey: 'error.rates.hole' },
    });
    expect(await refusal(await put([row('2026-01-01', '2026-07-01'), row('2026-07-01', '2026-12-31')]))).toMatchObject({ details: { row: 2, messageKey: 'error.rates.overlap' } });
    expect((await ada.call('PUT', '/v1/rates/it-usury', { rows: [row('2026-01-01', '2026-12-31')] })).status).toBe(400);
    expect(ratesListSchema.parse(await (await lina.call('GET', '/v1/rates')).json())).toEqual({ tables: [] });
    expect(ratesEntitySchema.parse(await (await put([row('2026-01-01', '2026-06-30')])).json())).toMatchObject({ tableId: 'it-late-payment', version: 1 });
    const both = await Promise.all([put([row('2026-01-01', '2026-12-31')], '?after=1'), put([row('2026-01-01', '2027-06-30')], '?after=1')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    for (const person of [ada, lina, anna]) {
      const entity = (await pullPage(person, '')).entities.find(({ kind }) => kind === 'rates');
      expect(entity).toMatchObject({ line: 'upsert', id: 'it-late-payment', body: { version: 2 } });
    }
  });

  it('a rate period entered by mistake is withdrawn by an administrator, dated and with why; never one that others stand behind, never the only one', async () => {
    const row = (from: string, to: string): object => ({ from, to, basisPoints: 1_015, status: 'read', source: 'esempio pubblicato' });
    const withdraw = (body: object, by = ada, query = ''): Promise<Response> => by.call('POST', `/v1/rates/it-legal/withdraw${query}`, body);
    const wrong = { from: '2027-01-01', reason: 'non è ancora in Gazzetta' };
    expect(await refusal(await withdraw(wrong))).toMatchObject({ status: 404, code: 'unknown-rate' });
    expect((await ada.call('PUT', '/v1/rates/it-legal', { rows: [row('2025-01-01', '2025-12-31'), row('2026-01-01', '2026-12-31'), row('2027-01-01', '2027-12-31')] })).status).toBe(200);
    expect(await errorCode(await withdraw(wrong, lina))).toBe('not-allowed');
    expect((await withdraw({})).status).toBe(400);
    expect((await withdraw({ ...wrong, reason: ' ' })).status).toBe(400);
    expect(await refusal(await withdraw({ ...wrong, from: '2026-01-01' }))).toMatchObject({ status: 409, code: 'rate-needed', details: { from: '2026-01-01', to: '2026-12-31' } });
    expect(await errorCode(await withdraw(wrong, ada, '?after=7'))).toBe('changed-meanwhile');
    expect(ratesEntitySchema.parse(await (await withdraw(wrong, ada, '?after=1')).json())).toMatchObject({
      version: 2, rows: [{ from: '2025-01-01' }, { from: '2026-01-01' }], withdrawn: { row: { from: '2027-01-01', basisPoints: 1_015 }, reason: wrong.reason },
    });
    expect((await pullPage(anna, '')).entities.find(({ id }) => id === 'it-legal')).toMatchObject({ body: { version: 2, withdrawn: { reason: wrong.reason } } });
    // By a publication none goes, and none is shortened; what a rate says may be put right.
    const put = (...rows: object[]): Promise<Response> => ada.call('PUT', '/v1/rates/it-legal', { rows });
    const [first, second] = [row('2025-01-01', '2025-12-31'), row('2026-01-01', '2026-12-31')];
    const needed = { status: 409, code: 'rate-withdrawal-needed', details: { from: '2026-01-01', to: '2026-12-31' } };
    expect(await refusal(await put(first))).toMatchObject(needed);
    expect(await refusal(await put(first, row('2026-01-01', '2026-11-30')))).toMatchObject(needed);
    expect(await refusal(await put(second))).toMatchObject({ status: 409, code: 'rate-needed', details: { from: '2025-01-01', to: '2025-12-31' } });
    expect((await put(first, { ...second, basisPoints: 1_020 }, row('2027-01-01', '2027-12-31'))).status).toBe(200);
    expect((await withdraw(wrong)).status).toBe(200);
    expect((await withdraw({ ...wrong, from: '2026-01-01' })).status).toBe(200);
    expect(await errorCode(await withdraw({ ...wrong, from: '2025-01-01' }))).toBe('rate-needed');
    // The only one cannot be withdrawn: it is put right, its days too.
    expect((await put(row('2025-01-01', '2025-06-30'))).status).toBe(200);
  });

  describe('scripts', () => {
    const publish = (version: string, parts: object = {}): Promise<Response> => lina.call('POST', '/v1/scripts', { pack: packOf(version, parts) });

    it('are published higher each time; the one before stays to be read; withdrawn, the standard pack counts again', async () => {
      expect((await publish('90.0.0')).status).toBe(201);
      const { cursor } = await pullPage(anna, '');
      expect((await publish('90.1.0')).status).toBe(201);
      const page = await pullPage(anna, cursor);
      const states = page.entities.map((entity) => (entity.line === 'upsert' ? scriptEntitySchema.parse(entity.body) : null));
      expect(states.map((script) => [script?.packVersion, script?.isInForce]).sort()).toEqual([['90.0.0', false], ['90.1.0', true]]);
      expect(await errorCode(await publish('90.0.9'))).toBe('version-not-higher');
      expect(await errorCode(await publish('90.1.0'))).toBe('version-not-higher');
      expect(await errorCode(await publish(standard.version))).toBe('version-not-higher');
      expect((await lina.call('POST', `/v1/scripts/${standard.id}/withdraw`, {})).status).toBe(200);
      expect(await errorCode(await lina.call('POST', `/v1/scripts/${standard.id}/withdraw`, {}))).toBe('not-in-force');
      const { scripts } = scriptListSchema.parse(await (await lina.call('GET', '/v1/scripts')).json());
      expect(scripts.map(({ packVersion, isInForce }) => [packVersion, isInForce])).toEqual([['90.0.0', false], ['90.1.0', false]]);
      for (const script of scripts) expect(script).toMatchObject({ title: standard.title, tone: standard.serves.tone });
      // A withdrawn number is spent.
      expect(await errorCode(await publish('90.1.0'))).toBe('version-not-higher');
      const kept = scriptEntitySchema.parse(await (await lina.call('GET', `/v1/scripts/${standard.id}@90.0.0`)).json());
      expect(kept.pack).toMatchObject({ id: standard.id, version: '90.0.0', steps: JSON.parse(JSON.stringify(standard.steps)) as unknown });
      expect((await lina.call('GET', `/v1/scripts/${standard.id}@9.9.9`)).status).toBe(404);
    });

    it('with findings are refused with every one of them, and nothing is published', async () => {
      const refused = await refusal(await publish('90.0.0', { steps: standard.steps.slice(0, 1) }));
      expect(refused).toMatchObject({ status: 400, code: 'script-has-findings' });
      expect((refused.details['findings'] as unknown[]).length).toBeGreaterThan(0);
      expect(await errorCode(await publish('ninety'))).toBe('script-unreadable');
      expect(await hub.store.read((tx) => tx.selectFrom('scripts').selectAll().execute())).toEqual([]);
    });
  });

  describe('certificates', () => {
    const full = { tone: 'recovery', level: 'full', since: '2026-01-01', until: null };
    const put = (person: SignedIn, certificates: object[]): Promise<Response> => ada.call('PUT', `/v1/certificates/${person.userId}`, { certificates });
    const own = async (person: SignedIn, cursor = ''): Promise<string[]> => linesOf(await pullPage(person, cursor)).filter((line) => line.includes(' certificate '));

    it('go to their owner and to those who lead, never to colleagues; withdrawn, they go', async () => {
      expect((await put(anna, [full])).status).toBe(200);
      const line = `upsert certificate ${anna.userId}:recovery`;
      expect(await own(anna)).toEqual([line]);
      expect(await own(lina)).toEqual([line]);
      expect(await own(ada)).toEqual([line]);
      expect(await own(bruno)).toEqual([]);
      const { people } = certificateListSchema.parse(await (await lina.call('GET', '/v1/certificates')).json());
      expect(people.map(({ displayName, certificates }) => [displayName, certificates.length])).toEqual([['Display ada', 0], ['Display anna', 1], ['Display bruno', 0], ['Display lina', 0]]);
      const { cursor } = await pullPage(anna, '');
      expect((await put(anna, [full])).status).toBe(200);
      expect((await put(anna, [])).status).toBe(200);
      expect(await own(anna, cursor)).toEqual([`remove certificate ${anna.userId}:recovery`]);
      expect(await own(lina)).toEqual([]);
      const kept = await hub.store.read((tx) => tx.selectFrom('certificates').select(['version', 'level', 'set_by']).orderBy('version').execute());
      // What was set anew without a change is no version.
      expect(kept).toEqual([{ version: 1, level: 'full', set_by: ada.userId }, { version: 2, level: null, set_by: ada.userId }]);
    });

    it('are set by administrators alone, once for a tone, and for somebody who is there', async () => {
      expect((await lina.call('PUT', `/v1/certificates/${anna.userId}`, { certificates: [full] })).status).toBe(403);
      expect(await errorCode(await put(anna, [full, full]))).toBe('tone-twice');
      expect(await errorCode(await put(anna, [{ ...full, until: '2025-12-31' }]))).toBe('certificate-reversed');
      expect((await ada.call('PUT', `/v1/certificates/${newId<string>()}`, { certificates: [full] })).status).toBe(404);
    });

    it('a new person has what the administrator ticks, and learns in the mildest tone where nothing was said', async () => {
      const add = async (username: string, more: object): Promise<string[]> => {
        const password = 'quiet-river-19';
        expect((await ada.call('POST', '/v1/users', { username, displayName: username, role: 'collector', password, ...more })).status).toBe(201);
        const { people } = certificateListSchema.parse(await (await ada.call('GET', '/v1/certificates')).json());
        return people.find(({ displayName }) => displayName === username)?.certificates.map(({ tone, level }) => `${tone} ${level}`) ?? ['nobody'];
      };
      expect(await add('carlo', {})).toEqual(['courtesy trainee']);
      expect(await add('dora', { certificates: [] })).toEqual([]);
      expect(await add('enzo', { certificates: [{ tone: 'reminder', level: 'full' }] })).toEqual(['reminder full']);
    });
  });

  it('a desk that begins gets the rules before any case, however late they were published, in whole pages and in small ones', async () => {
    for (let count = 0; count < 4; count += 1) await plantCase(hub.store, anna.userId);
    await putConduct();
    await lina.call('PUT', '/v1/calendar', { calendarId: 'agency', closures: [], patronSaints: [] });
    await lina.call('POST', '/v1/scripts', { pack: packOf('90.0.0') });
    const { cursor: whole, entities } = await pullPage(anna, '');
    const rules = ['conduct', 'calendar', 'script'];
    expect(entities.slice(0, 3).map(({ kind }) => kind)).toEqual(rules);
    expect(entities.slice(3).map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'case'));
    const first = await anna.call('GET', '/v1/feed?limit=2', undefined, { 'accept-encoding': 'identity' });
    const lines = (await first.text()).trimEnd().split('\n').map((line) => JSON.parse(line) as { line: string; kind?: string; cursor?: string; more?: boolean });
    expect(lines.slice(1, -1).map(({ kind }) => kind)).toEqual([...rules, 'case', 'case']);
    const seen = new Set<string>();
    let cursor = lines.at(-1)?.cursor ?? '';
    for (let page = await pullPage(anna, cursor); ; page = await pullPage(anna, cursor)) {
      for (const line of linesOf(page)) seen.add(line);
      cursor = page.cursor;
      if (!page.more) break;
    }
    expect(cursor).toBe(whole);
    expect([...seen].filter((line) => line.startsWith('upsert case'))).toHaveLength(3);
  });
});
