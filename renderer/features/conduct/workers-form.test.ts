import { describe, expect, it } from 'vitest';
import type { WorkersAgreementEntity } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { workersAgreementEntitySchema } from '../../../shared/protocol/workers-agreement-protocol.ts';
import type { WorkersForm } from './workers-form.ts';
import { formOfAgreement, readAgreement } from './workers-form.ts';

const standing: WorkersAgreementEntity = workersAgreementEntitySchema.parse({
  agreementId: 'agency', version: 2, recordedAt: 1, kind: 'works-agreement', scopes: ['recording', 'named-states'], signedOn: '2026-11-01', from: '2026-11-10', until: '2027-11-09',
  signatories: 'RSU e direzione', document: 'prot. 12/2026', withdrawn: null,
});
const typed = (change: Partial<WorkersForm>): ReturnType<typeof readAgreement> => readAgreement({ ...formOfAgreement(standing), ...change });

describe('the agreement with the workers as typed', () => {
  it('gives back what is on record', () => {
    const { kind, scopes, signedOn, from, until, signatories, document } = standing;
    expect(typed({})).toEqual({ ok: true, draft: { kind, scopes, signedOn, from, until, signatories, document } });
    expect(typed({ until: '' })).toMatchObject({ ok: true, draft: { until: null } });
  });

  it('is refused at each field of an empty sheet', () => {
    expect(readAgreement(formOfAgreement(null))).toEqual({ ok: false, problems: { scopes: 'scopes', signedOn: 'date', from: 'date', signatories: 'line', document: 'line' } });
  });

  it('may not end before it begins', () => {
    expect(typed({ until: '2026-11-09' })).toEqual({ ok: false, problems: { until: 'reversed' } });
    expect(typed({ until: 'mai' })).toEqual({ ok: false, problems: { until: 'date' } });
  });
});
