/** Asks the leads for help in the call that is in hand, or takes that back. */
import type { FloorScreen } from '../../../shared/contract/floor-channels.ts';
import type { AppError } from '../../../shared/result.ts';
import { command } from '../../bridge/desk.ts';

/** Answers what was refused; null: nothing. */
export async function askHelp(floor: FloorScreen | null): Promise<AppError | null> {
  const asked = await command('ask-help', { isRaised: floor?.own.help == null });
  return asked.ok ? null : asked.error;
}
