import type { QueryOutput, QueryRequest } from '../../../shared/contract/contract.ts';
import type { GuardView } from '../../../shared/contract/conduct-channels.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Asking, Permission } from '../conduct/ask-policy.ts';
import { askPolicy, beginAsking } from '../conduct/ask-policy.ts';
import type { Channel, ContactTarget } from '../conduct/contact-request.ts';
import { targetsOf, unknownTarget } from '../conduct/contact-request.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** The page asks again at the latest after this long: hours open and close at whole minutes. */
const ASK_AGAIN_MS = 60_000;

/** What may be used now to reach the customer of a case, number by number; why not, and from when. */
export function showGuard(session: Session, input: QueryRequest<'show-guard'>): Result<QueryOutput<'show-guard'>> {
  const context = viewContext(session);
  const held = session.book.get(input.caseId, context);
  if (held === null) return fail('case-not-found', 'error.caseNotFound');
  const asking = beginAsking(session, held);
  const { policy } = held.view.rules;
  const views = [
    ...viewsOf(asking, 'phone-outbound', [...targetsOf(held.view, 'phone-outbound', null), unknownTarget]),
    ...viewsOf(asking, 'email', targetsOf(held.view, 'email', null)),
    ...viewsOf(asking, 'letter', targetsOf(held.view, 'letter', null)),
  ];
  const next = views.flatMap(({ view }) => (view.nextAllowedAtMs === null ? [] : [view.nextAllowedAtMs]));
  const counters = views[0]?.permission.counters;
  if (counters === undefined) throw new Error('a guard without counters');
  return ok({
    policy: { policyId: policy.id, version: policy.version, title: policy.title[input.locale] },
    certificate: asking.asked.request.certificate.held,
    points: views.map(({ view }) => view),
    counters,
    validUntilMs: Math.min(context.nowMs + ASK_AGAIN_MS, ...next),
  });
}

function viewsOf(asking: Asking, channel: Channel, targets: readonly ContactTarget[]): { view: GuardView; permission: Permission }[] {
  return targets.map((target) => {
    const permission = askPolicy(asking, channel, target);
    const { nextAllowedAtMs, overridable, warnings } = permission;
    const { allowance } = asking.asked;
    const until: Record<string, number> = allowance === null ? {} : { until: allowance.until };
    return {
      permission,
      view: {
        pointId: target.pointId, channel, allowed: permission.allowed, code: permission.allowed ? null : permission.code,
        params: permission.allowed ? {} : permission.params, nextAllowedAtMs, overridable, warnings: warnings.map((code) => ({ code, params: code === 'frequency-overridden' ? until : {} })),
      },
    };
  });
}
