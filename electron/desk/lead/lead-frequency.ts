/**
 * Whether the rules let a person be called now, as far as a lead can do something about it, and what a lead has allowed.
 *
 * Invariant: asked for no number, no lease and no operator: those are of whoever calls. By the contacts of all the person's cases.
 */
import type { LeadCaseScreen } from '../../../shared/contract/lead-channels.ts';
import type { CaseReply } from '../../../shared/protocol/lead-protocol.ts';
import { askPolicy } from '../conduct/ask-policy.ts';
import { askAbout, unknownTarget } from '../conduct/contact-request.ts';
import type { CaseInBook } from '../projections/case-book.ts';
import type { Session } from '../session.ts';
import { othersOf } from './lead-cases.ts';

export function leadFrequency(session: Session, held: CaseInBook, reply: CaseReply): LeadCaseScreen['frequency'] {
  const found = askAbout(session, held, othersOf(session, reply));
  const asked = { ...found, request: { ...found.request, certificate: { ...found.request.certificate, held: 'full' as const } } };
  const permission = askPolicy({ held, asked, lease: { state: 'live', endsAtMs: null }, waits: false }, 'phone-outbound', unknownTarget);
  const { nextAllowedAtMs, overridable } = permission;
  return {
    refused: permission.allowed ? null : { code: permission.code, params: permission.params, nextAllowedAtMs, overridable },
    allowance: asked.allowance === null ? null : { untilMs: asked.allowance.until, reason: asked.allowance.reason },
  };
}
