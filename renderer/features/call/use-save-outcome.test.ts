/** The hook as the page has it, rendered once; only the desk is the test's: it has the outcome at once, and answers when the test says so. */
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseScreen, Draft } from '../../../shared/contract/screens.ts';
import { noParts } from '../../../shared/facts/outcome-body.ts';
import type { CaseId, FactId } from '../../../shared/id.ts';
import { newId } from '../../../shared/id.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { RequestEnvelope } from '../../bridge/preload-api.ts';
import { useNavigation } from '../../app/navigation-store.ts';
import { useNotice } from '../../app/notice-store.ts';
import { useCall } from './call-store.ts';
import { saveDraftNow } from './draft-saver.ts';
import { emptyForm } from './outcome-form.ts';
import { useSaveOutcome } from './use-save-outcome.ts';

const caseId = newId<CaseId>();
const other = newId<CaseId>();
const saved = ok({ factId: newId<FactId>(), outcome: { ...noParts, code: 'NA', channel: 'phone-outbound', numberId: null, partyId: null, cause: null, note: null, reasons: [] } });

/** What lies on the desk's disk. */
const drafts = new Map<CaseId, Draft>();
let answer: (result: Result<unknown>) => void;
/** The outcome is on its way. */
let asked: Promise<void>;

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'it', resources: { it: { translation: { error: { noteTooLong: 'La nota è troppo lunga.' } } } } });
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
  useNavigation.setState({ place: { name: 'case', caseId } });
  useNotice.setState({ text: '', tone: 'calm', offered: null });
  useCall.setState({ caseId, form: { ...emptyForm(''), code: 'NA', note: 'nessuno' }, stash: {}, saving: false, error: null });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function save(): Promise<boolean> {
  return new Promise((resolve) => {
    const Page = (): null => {
      resolve(useSaveOutcome({ caseId, revision: 1, customer: { name: 'Rosa' } } as CaseScreen, null).save());
      return null;
    };
    renderToStaticMarkup(createElement(Page));
  });
}

/** Begins to save what stands in the form; the desk has it when this is over. */
async function beginToSave(): Promise<{ done: Promise<boolean> }> {
  const done = save();
  await asked;
  return { done };
}

/** Another case is opened, with a draft of its own. */
function openOther(): void {
  useNavigation.setState({ place: { name: 'case', caseId: other } });
  useCall.setState({ caseId: other, form: { ...emptyForm(''), note: 'altro' }, saving: false, error: null });
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

describe('another case was opened before the answer', () => {
  it('whose form stays as it is, and nothing goes on from it', async () => {
    const { done } = await beginToSave();
    openOther();
    const form = useCall.getState();
    answer(saved);
    expect(await done).toBe(false);
    expect(useCall.getState()).toBe(form);
    expect(useNotice.getState()).toMatchObject({ text: 'status.saved', tone: 'calm' });
  });

  it('and the refusal stands at the foot, with what was typed kept for the case that was left', async () => {
    const { done } = await beginToSave();
    openOther();
    const form = useCall.getState();
    answer(fail('note-too-long', 'error.noteTooLong'));
    expect(await done).toBe(false);
    expect(useCall.getState()).toBe(form);
    expect(useNotice.getState()).toMatchObject({ text: 'La nota è troppo lunga.', tone: 'problem' });
    await untilQuiet();
    expect(drafts.get(caseId)?.note).toBe('nessuno');
    expect(drafts.get(other)).toBeUndefined();
  });

  it('and something newer that was typed into the one that was left is not overwritten', async () => {
    const { done } = await beginToSave();
    useCall.getState().change({ note: 'nessuno!' });
    await saveDraftNow();
    openOther();
    answer(fail('note-too-long', 'error.noteTooLong'));
    await done;
    await untilQuiet();
    expect(drafts.get(caseId)?.note).toBe('nessuno!');
  });
});

it('saves nothing where its case was left while the line was waited for', async () => {
  openOther();
  expect(await save()).toBe(false);
  expect(useCall.getState()).toMatchObject({ saving: false, error: null, form: { note: 'altro' } });
});
