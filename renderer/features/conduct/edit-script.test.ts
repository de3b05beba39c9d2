import { describe, expect, it } from 'vitest';
import { scriptPackSchema } from '../../../shared/script/script-pack.ts';
import { standardPacks } from '../../../shared/script/standard-packs.ts';
import {
  addObjection, addStep, compareVersions, convertStep, moved, movePlace, newUnitId, nextVersion, placeOfFinding, removePlace, stepKinds,
} from './edit-script.ts';

const pack = standardPacks[0]!;

describe('editing a script', () => {
  it('keeps the form of a pack whatever kind a step becomes', () => {
    for (const step of pack.steps) {
      for (const kind of stepKinds) {
        const converted = convertStep(step, kind, pack.disclosures);
        const parsed = scriptPackSchema.safeParse({ ...pack, steps: pack.steps.map((other) => (other.id === step.id ? converted : other)) });
        expect(parsed.error?.issues ?? [], `${step.id} as ${kind}`).toEqual([]);
        expect(converted.id).toBe(step.id);
      }
    }
  });

  it('makes ids of words, never one that is taken or reserved', () => {
    expect(newUnitId(pack, 'Perché è così?')).toBe('perche-e-cosi');
    expect(newUnitId(pack, '2 + 2')).toBe('step');
    expect(newUnitId(pack, 'Return')).toBe('return-2');
    const id = newUnitId(pack, 'Prova');
    expect(newUnitId(addStep(pack, id, { it: 'Prova', en: '' }, null), 'Prova')).toBe('prova-2');
  });

  it('adds after the step looked at, and objections at the end', () => {
    const first = pack.steps[0]!.id;
    expect(addStep(pack, 'new', { it: '', en: '' }, first).steps[1]?.id).toBe('new');
    expect(addObjection(pack, 'new', { it: '', en: '' }).objections.at(-1)?.answers[0]?.goTo).toBe('return');
  });

  it('moves within the list and never out of it', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
    expect(movePlace(pack, { kind: 'step', id: pack.steps[0]!.id }, 1).steps[1]?.id).toBe(pack.steps[0]!.id);
  });

  it('does not take the last step away', () => {
    const only = { ...pack, steps: pack.steps.slice(0, 1) };
    expect(removePlace(only, { kind: 'step', id: only.steps[0]!.id }).steps).toHaveLength(1);
    expect(removePlace(pack, { kind: 'step', id: pack.steps[0]!.id }).steps).toHaveLength(pack.steps.length - 1);
  });

  it('leads from a finding to its place', () => {
    const step = pack.steps[2]!.id;
    const objection = pack.objections[0]!.id;
    expect(placeOfFinding(pack, step)).toEqual({ kind: 'step', id: step });
    expect(placeOfFinding(pack, objection)).toEqual({ kind: 'objection', id: objection });
    expect(placeOfFinding(pack, 'title')).toEqual({ kind: 'sheet' });
  });

  it('proposes a version above all others', () => {
    expect(nextVersion([])).toBe('1.0.0');
    expect(nextVersion(['1.9.3', '1.10.0', '1.2.0'])).toBe('1.11.0');
    expect(compareVersions('2.0.0', '1.99.99')).toBeGreaterThan(0);
  });
});
