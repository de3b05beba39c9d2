import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { Session } from '../session.ts';
import { commitCaseFact } from './commit-case-fact.ts';

/** How, when and in which language a person wishes to be reached, or not at all. */
export function savePreferences(session: Session, input: CommandRequest<'save-preferences'>): Result<CommandOutput<'save-preferences'>> {
  return commitCaseFact(session, 'save-preferences', 'preferences-saved', input, () => ok({ body: { preferences: input.preferences }, said: {} }));
}
