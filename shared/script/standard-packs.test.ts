import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outcomeCodes } from '../case/outcome-codes.ts';
import { checkScript } from './check-script.ts';
import { chooseScript } from './choose-script.ts';
import { renderWholeScript } from '../testing/render-whole-script.ts';
import type { SampleInvoice } from './sample-case.ts';
import { sampleCase, sampleToday } from './sample-case.ts';
import { answersOf, isSpoken, scriptLocales, scriptStages } from './script-pack.ts';
import { scriptFragmentJsonSchema, scriptPackJsonSchema } from './script-pack-json-schema.ts';
import { reasonWords } from './script-words.ts';
import { standardFragments, standardPacks } from './standard-packs.ts';
import { addDays } from '../time.ts';
import { debtorKinds, tones } from '../case/case-entity.ts';

const folder = new URL('../../assets/scripts/', import.meta.url);
const unheard = new Set(['third-party', 'answering-machine', 'wrong-number', 'identity-refused', 'minor', 'opening', 'identity', 'callback']);

describe('the scripts that come along', () => {
  it('are all that is in the folder, one for each tone', () => {
    const filesIn = (of: URL): string[] => readdirSync(of).filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json')).map((name) => name.replace(/\.json$/, '')).sort();
    expect(filesIn(folder)).toEqual(standardPacks.map((pack) => pack.id).sort());
    expect(filesIn(new URL('fragments/', folder))).toEqual(standardFragments.map((fragment) => fragment.id).sort());
  });

  it.each(tones.flatMap((tone) => debtorKinds.map((kind) => [tone, kind] as const)))('serve a call of tone %s to a %s', (tone, kind) => {
    const serving = standardPacks.filter(({ serves }) => serves.tone === tone && serves.audience.includes(kind) && serves.direction === 'outbound' && serves.role === 'holder');
    for (const stage of scriptStages) expect(serving.some(({ serves }) => serves.stage === stage || serves.stage === 'any')).toBe(true);
  });

  it.each(standardPacks.map((pack) => [pack.id, pack] as const))('%s passes the whole checker', (_id, pack) => {
    expect(checkScript(pack)).toEqual([]);
  });

  it.each(standardPacks.map((pack) => [pack.id, pack] as const))('%s would not pass with the creditor in its opening', (_id, pack) => {
    const spoilt = { ...pack, steps: pack.steps.map((step) => (step.id === pack.start && isSpoken(step) ? { ...step, say: [...step.say, { it: 'Per {creditorName}.', en: 'For {creditorName}.' }] } : step)) };
    expect(checkScript(spoilt).map((finding) => finding.code)).toContain('said-before-identity');
  });

  it.each(standardPacks.map((pack) => [pack.id, pack] as const))('%s names the outcomes that its answers amount to', (_id, pack) => {
    const suggested = new Set([...pack.steps.filter(isSpoken), ...pack.objections].flatMap((unit) => answersOf(unit).flatMap((answer) => answer.suggestCode ?? [])));
    expect([...suggested].sort()).toEqual(expect.arrayContaining(['CBK', 'DSP', 'MIN', 'PAID', 'PTP', 'RES', 'TPC']));
    expect([...suggested].every((code) => outcomeCodes.includes(code))).toBe(true);
  });

  it('publish their forms for editors, up to date', async () => {
    await expect(scriptFragmentJsonSchema()).toMatchFileSnapshot('../../assets/scripts/script-fragment.schema.json');
    await expect(scriptPackJsonSchema()).toMatchFileSnapshot('../../assets/scripts/script-pack.schema.json');
  });
});

describe('rendered for every kind of case', () => {
  const spread = (count: number, firstDays: number): SampleInvoice[] =>
    Array.from({ length: count }, (_, index) => ({ number: `F${String(firstDays)}-${String(index)}`, dueDate: addDays(sampleToday, firstDays + index), cents: 12_345 + index }));
  const counts = [0, 1, 3, 7];
  const cases = counts.flatMap((overdue) => counts.flatMap((upcoming) => (overdue + upcoming === 0 ? [] : [[overdue, upcoming] as const])));

  it.each(cases)('%d overdue and %d not yet due: no brace, no silence, no secret before the check', (overdue, upcoming) => {
    for (const kind of debtorKinds) for (const recoveryApproved of [false, true]) for (const locale of scriptLocales) for (const extra of [false, true]) {
      const invoices = [...spread(overdue, -90), ...spread(upcoming, 1), ...(extra ? [{ number: 'NC', dueDate: '2026-11-01', cents: -100 }, { number: 'D', dueDate: '2026-11-01', cents: 900, disputed: true }] : [])];
      const { entity, view } = sampleCase({ invoices, kind, recoveryApproved, ...(extra && { brokenPromiseCents: 5_000 }) });
      const chosen = chooseScript(standardPacks, view, kind);
      if (!chosen.ok) throw new Error(chosen.error.code);
      const screen = renderWholeScript(chosen.value, { entity, view, locale, operatorName: 'Anna Bianchi', agencyName: 'Studio Premura' });
      for (const { say, doText, answers, title } of screen.steps) {
        expect(say.length).toBeGreaterThan(0);
        expect([...say, doText ?? '', title, ...answers.map((answer) => answer.label)].join(' ')).not.toMatch(/[{}]|undefined|NaN/);
      }
      for (const entry of [...screen.steps.filter((step) => unheard.has(step.stepId)), ...screen.objections]) {
        const aloud = entry.say.join(' ');
        expect(aloud).not.toMatch(reasonWords[locale]);
        for (const secret of ['Acque del Sele', 'F-90', 'F1-']) expect(aloud).not.toContain(secret);
      }
    }
  });
});
