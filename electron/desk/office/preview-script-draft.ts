/**
 * Walks a script that is being written on a sample case, the very way a call walks it.
 *
 * Invariant: the clicks are walked anew each time, as far as they still lead; a script that cannot be said yet (the checker tells why)
 * gives a problem instead of a screen.
 */
import type { PreviewClick, PreviewSample, PreviewWalk } from '../../../shared/contract/conduct-office-channels.ts';
import type { QueryRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import { identityResults } from '../../../shared/facts/conduct-bodies.ts';
import { sampleCase } from '../../../shared/script/sample-case.ts';
import type { SampleCase, SampleInvoice } from '../../../shared/script/sample-case.ts';
import type { ScriptLocale, ScriptPack } from '../../../shared/script/script-pack.ts';
import { readScriptPack } from '../../../shared/script/script-pack.ts';
import { audienceOf } from '../../../shared/script/situation.ts';
import type { WalkContext } from '../../../shared/script/walk-script.ts';
import { answerStep, checkIdentity, meetObjection, startWalk } from '../../../shared/script/walk-script.ts';
import { walkScreen } from '../../../shared/script/walk-screen.ts';
import { answerOf } from '../../../shared/script/walk-state.ts';
import type { WalkState } from '../../../shared/script/walk-state.ts';
import type { Session } from '../session.ts';
import { conductRoles } from './ask-office.ts';

export function previewScriptDraft(session: Pick<Session, 'user'>, { pack, sample, locale, clicks }: QueryRequest<'preview-script-draft'>): Result<PreviewWalk> {
  if (!conductRoles.includes(session.user.role)) return fail('not-allowed', 'error.notAllowed');
  const read = readScriptPack(pack);
  return read.ok ? ok(walkPreview(read.value, previewContext(read.value, sample), locale, clicks)) : read;
}

const late: SampleInvoice[] = [{ number: '2026/118', dueDate: '2026-11-10', cents: 18_240 }, { number: '2026/131', dueDate: '2026-11-17', cents: 9_610 }];
const coming: SampleInvoice[] = [{ number: '2026/140', dueDate: '2026-11-27', cents: 12_050 }, { number: '2026/152', dueDate: '2026-12-05', cents: 7_300 }];

/** Of a kind that the script is written for. */
function sampleOf(pack: ScriptPack, sample: PreviewSample): SampleCase {
  const invoices = pack.serves.tone === 'courtesy' ? coming : late;
  const isRecovery = pack.serves.tone === 'recovery';
  const { audience } = pack.serves;
  const wanted = sample === 'company' ? audience.find((kind) => audienceOf(kind) === 'organisation') : audience.find((kind) => audienceOf(kind) === 'person');
  const kind = wanted ?? audience[0] ?? 'person';
  const name = audienceOf(kind) === 'organisation' ? 'Officine Lucane S.r.l.' : 'Rossi Mario';
  const base: SampleCase = { kind, name, invoices: sample === 'one-invoice' ? invoices.slice(0, 1) : invoices, recoveryApproved: isRecovery };
  return sample === 'broken-promise' ? { ...base, brokenPromiseCents: 5_000 } : base;
}

/** The case on which a script is read. */
export function previewContext(pack: ScriptPack, sample: PreviewSample): WalkContext {
  const { entity, view } = sampleCase(sampleOf(pack, sample));
  return {
    entity, view, operatorName: 'Carla Bianchi', agencyName: 'Agenzia Esempio', printedNumber: '0971 555 0140',
    call: { direction: pack.serves.direction, partyRole: pack.serves.role, stage: pack.serves.stage === 'any' ? 'first' : pack.serves.stage },
  };
}

export function walkPreview(pack: ScriptPack, context: WalkContext, locale: ScriptLocale, clicks: readonly PreviewClick[]): PreviewWalk {
  try {
    let state = startWalk(pack, context, locale, 0);
    let refused: PreviewWalk['refused'] = null;
    for (const click of clicks) {
      const next = take(pack, state, click, context);
      if (!next.ok) {
        refused = next.error;
        break;
      }
      state = next.value;
    }
    return { walk: walkScreen(pack, state, context), gate: state.gate, problem: null, refused };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { walk: null, gate: 'unconfirmed', problem: error.message, refused: null };
  }
}

function take(pack: ScriptPack, state: WalkState, click: PreviewClick, context: WalkContext): ReturnType<typeof answerStep> {
  if (click.kind === 'objection') return meetObjection(pack, state, click.objectionId, 0);
  const { result } = answerOf(pack, click.stepId, click.answerId) ?? {};
  const found = identityResults.find((candidate) => candidate === result);
  if (found !== undefined && state.stepId === click.stepId && state.objectionId === null) return { ok: true, value: checkIdentity(pack, state, found, context, 0) };
  return answerStep(pack, state, click, context, 0);
}

