import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { debtorKinds } from '../../case/case-entity.ts';
import { policyPackJsonSchema } from './policy-pack-json-schema.ts';
import { readPolicyPack } from './policy-pack.ts';
import { findStandardPolicy, policiesFor, standardPolicies } from './standard-policies.ts';

const folder = new URL('../../../assets/policies/', import.meta.url);

describe('the policies that come along', () => {
  it('are all that is in the folder', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json')).map((name) => name.replace(/\.json$/, ''));
    expect(files.sort()).toEqual(standardPolicies.map((pack) => pack.id).sort());
  });

  it.each(standardPolicies.map((pack) => [pack.id, pack] as const))('%s is a preset that says where it comes from, and what of it nobody read', (_id, pack) => {
    expect(pack.preset).toBe(true);
    expect(pack.sources.some(({ status }) => status !== 'read')).toBe(true);
    expect(findStandardPolicy(pack.id)).toBe(pack);
  });

  it('have one for every kind of customer', () => {
    expect(debtorKinds.map((kind) => policiesFor(kind)[0]?.id)).toEqual(['it-unirec', 'it-business', 'it-business', 'it-business', 'it-unirec']);
    expect(findStandardPolicy('nowhere')).toBeNull();
  });

  it('publish their form for editors, up to date', async () => {
    await expect(policyPackJsonSchema()).toMatchFileSnapshot('../../../assets/policies/policy-pack.schema.json');
  });

  it.each([
    ['a rule nobody knows', { moonPhase: 'full' }, ''],
    ['hours that end before they begin', { hours: { ...standardPolicies[0]?.hours, weekday: [{ from: '10:00', to: '09:00' }] } }, 'hours.weekday.0'],
    ['hours that overlap', { hours: { ...standardPolicies[0]?.hours, weekday: [{ from: '09:00', to: '12:00' }, { from: '11:00', to: '13:00' }] } }, 'hours.weekday'],
    ['a pack that is no preset', { preset: false }, 'preset'],
    ['a pack without a source', { sources: [] }, 'sources'],
  ])('refuse %s', (_name, part, where) => {
    expect(readPolicyPack({ ...standardPolicies[0], ...part })).toMatchObject({ ok: false, error: { code: 'policy-unreadable', details: { where } } });
    expect(readPolicyPack({ ...standardPolicies[0] }).ok).toBe(true);
  });
});
