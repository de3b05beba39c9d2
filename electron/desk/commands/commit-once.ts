/**
 * The one way a command writes.
 *
 * Invariants: everything the command does and its acknowledgement commit together, on disk,
 * before anybody is told (commit, then memory, then notify); the same commandId again gets
 * the stored acknowledgement and happens once; a refusal leaves nothing behind.
 */
import type { Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { CommandId } from '../../../shared/id.ts';
import type { Session } from '../session.ts';
import { storeFailure } from '../store/database.ts';

/** @returns the reply, and whether it was stored by an earlier run of the same command */
export function commitOnce<Reply>(
  session: Pick<Session, 'db' | 'clock'>,
  command: { commandId: CommandId; name: string },
  write: () => Result<Reply>,
): Result<{ reply: Reply; repeated: boolean }> {
  const { db, clock } = session;
  const refused: { result: Result<Reply> | null } = { result: null };
  const run = db.transaction((): { reply: Reply; repeated: boolean } | null => {
    const known = db
      .prepare<[string], { reply: string }>('SELECT reply FROM command_log WHERE command_id = ?')
      .get(command.commandId);
    if (known !== undefined) return { reply: JSON.parse(known.reply) as Reply, repeated: true };
    const result = write();
    if (!result.ok) {
      refused.result = result;
      return null;
    }
    db.prepare('INSERT INTO command_log (command_id, name, reply, at) VALUES (?, ?, ?, ?)').run(
      command.commandId, command.name, JSON.stringify(result.value), clock.nowMs(),
    );
    return { reply: result.value, repeated: false };
  });
  try {
    const done = run.immediate();
    if (done !== null) return ok(done);
  } catch (error) {
    return storeFailure(error);
  }
  if (refused.result === null || refused.result.ok) throw new Error('a command ended without a result');
  return refused.result;
}
