import type { QueryRequest, QueryOutput } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { fail } from '../../../shared/result.ts';
import { chooseScript } from '../../../shared/script/choose-script.ts';
import { renderScript } from '../../../shared/script/render-script.ts';
import type { ScriptPack } from '../../../shared/script/script-pack.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { viewContext } from '../session.ts';

/** The call script of a case: the pack of its tone, made ready in one language. */
export function showScript(session: Session, packs: readonly ScriptPack[], input: QueryRequest<'show-script'>): Result<QueryOutput<'show-script'>> {
  const held = session.book.get(input.caseId, viewContext(session));
  if (held === null) return fail('case-not-found', 'error.caseNotFound');
  const pack = chooseScript(packs, held.view, held.entity.customer.kind);
  if (!pack.ok) return pack;
  return ok(
    renderScript(pack.value, {
      entity: held.entity, view: held.view, locale: input.locale, operatorName: session.user.displayName, agencyName: session.agencyName,
    }),
  );
}
