import { describe, expect, it } from 'vitest';
import { newId } from '../../shared/id.ts';
import type { CaseId } from '../../shared/id.ts';
import { carriesNotice } from './carries-notice.ts';
import type { Place } from './navigation-store.ts';

const case1: Place = { name: 'case', caseId: newId<CaseId>() };
const case2: Place = { name: 'case', caseId: newId<CaseId>() };
const at = (name: Exclude<Place['name'], 'case'>): Place => ({ name });

describe('the status line', () => {
  it('follows the work', () => {
    expect(carriesNotice(case1, case2, 'worklist', false)).toBe(true);
    expect(carriesNotice(case1, at('agenda'), 'agenda', true)).toBe(true);
    expect(carriesNotice(case1, at('worklist'), 'agenda', true)).toBe(true);
    expect(carriesNotice(at('worklist'), case2, 'worklist', true)).toBe(true);
  });

  it('stays behind elsewhere', () => {
    expect(carriesNotice(case1, at('settings'), 'worklist', true)).toBe(false);
    expect(carriesNotice(case1, at('agenda'), 'worklist', true)).toBe(false);
    expect(carriesNotice(at('worklist'), at('agenda'), 'worklist', true)).toBe(false);
    expect(carriesNotice(at('worklist'), case1, 'worklist', false)).toBe(false);
  });
});
