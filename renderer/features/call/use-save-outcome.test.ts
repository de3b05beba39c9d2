/** The hook as the page has it, rendered once; only the desk is the test's: it has the outcome at once, and answers when the test says so. */
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { CaseScreen, Draft } from '../../../shared/contract/screens.ts';
import { noParts } from '../../../shared/facts/outcome-body.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { RequestEnvelope } from '../../bridge/preload-api.ts';
import { useCall } from './call-store.ts';
import { saveDraftNow } from './draft-saver.ts';
import { emptyForm } from './outcome-form.ts';
import { useSaveOutcome } from './use-save-outcome.ts';

const caseId = newId<CaseId>();
const saved = ok({ factId: newId<FactId>(), outcome: { ...noParts, code: 'NA', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, reasons: [] } });

/** What lies on the desk's disk. */
const drafts = new Map<CaseId, Draft>();
let answer: (result: Result<unknown>) => void;
/** The outcome is on its way. */
let asked: Promise<void>;

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'it', resources: { it: { translation: {} } } });
});

beforeEach(() => {
  vi.useFakeTimers();
  drafts.clear();
  const answered = new Promise<Result<unknown>>((resolve) => { answer = resolve; });
  let reach: () => void;
  asked = new Promise((resolve) => { reach = resolve; });
  vi.stubGlobal('window', {
    premura: {
      request: ({ name, input }: RequestEnvelope): Promise<unknown> => {
        if (name === 'save-draft') {
          const { caseId: of, draft } = input as { caseId: CaseId; draft: Draft | null };
          if (draft === null) drafts.delete(of);
          else drafts.set(of, draft);
          return Promise.resolve(ok({}));
        }
        if (name !== 'record-outcome') throw new Error(`nobody answers ${name}`);
        drafts.delete(caseId);
        reach();
        return answered;
      },
    },
  });
  vi.stubGlobal('document', { activeElement: null, querySelector: () => null });
  vi.stubGlobal('HTMLElement', Object);
  vi.stubGlobal('requestAnimationFrame', () => 0);
  useCall.setState({ caseId, form: { ...emptyForm(''), code: 'NA', note: 'nessuno' }, stash: {}, saving: false, error: null });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Begins to save what stands in the form; the desk has it when this is over. */
async function beginToSave(): Promise<{ done: Promise<boolean> }> {
  let done = Promise.resolve(false);
  const Page = (): null => {
    done = useSaveOutcome({ caseId, revision: 1, customer: { name: 'Rosa' } } as CaseScreen, null).save();
    return null;
  };
  renderToStaticMarkup(createElement(Page));
  await asked;
  return { done };
}

/** Every pause of the typing is over. */
async function untilQuiet(): Promise<void> {
  await vi.runAllTimersAsync();
  await saveDraftNow();
}

it('leaves no draft of an outcome that is saved, whatever was typed while it was on its way', async () => {
  const { done } = await beginToSave();
  useCall.getState().change({ note: 'nessuno!' });
  answer(saved);
  expect(await done).toBe(true);
  await untilQuiet();
  expect(drafts.get(caseId)).toBeUndefined();
});

it('takes back the draft that reached the desk after the outcome', async () => {
  const { done } = await beginToSave();
  useCall.getState().change({ note: 'nessuno!' });
  await saveDraftNow();
  expect(drafts.get(caseId)?.note).toBe('nessuno!');
  answer(saved);
  expect(await done).toBe(true);
  await untilQuiet();
  expect(drafts.get(caseId)).toBeUndefined();
});

it('keeps what was typed where the outcome is refused', async () => {
  const { done } = await beginToSave();
  answer(fail('note-too-long', 'error.noteTooLong'));
  expect(await done).toBe(false);
  await untilQuiet();
  expect(drafts.get(caseId)?.note).toBe('nessuno');
});
