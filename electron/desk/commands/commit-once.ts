/**
 * The one way a command writes.
 *
 * Invariants: everything the command does and its acknowledgement commit together, on disk,
 * before anybody is told (commit, then memory, then notify); the same commandId again gets
 * the stored acknowledgement and happens once; a refusal leaves nothing behind.
 */
import type { AppError, Result } from '../../../shared/result.ts';
import { ok } from '../../../shared/result.ts';
import type { CommandId } from '../../../shared/id.ts';
import type { Session } from '../session.ts';
import { storeFailure } from '../store/store-failure.ts';
import { prepared } from '../store/statements.ts';

/** Carries a refusal out of the transaction, so that it rolls back. */
class Refused extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.code);
    this.error = error;
  }
}

/** @returns the reply, and whether it was stored by an earlier run of the same command */
export function commitOnce<Reply>(
  session: Pick<Session, 'db' | 'clock'>,
  command: { commandId: CommandId; name: string },
  write: () => Result<Reply>,
): Result<{ reply: Reply; repeated: boolean }> {
  const { db, clock } = session;
  const run = db.transaction((): { reply: Reply; repeated: boolean } => {
    const known = prepared<[string], { reply: string }>(db, 'SELECT reply FROM command_log WHERE command_id = ?')
      .get(command.commandId);
    if (known !== undefined) return { reply: JSON.parse(known.reply) as Reply, repeated: true };
    const result = write();
    if (!result.ok) throw new Refused(result.error);
    prepared(db, 'INSERT INTO command_log (command_id, name, reply, at) VALUES (?, ?, ?, ?)').run(
      command.commandId, command.name, JSON.stringify(result.value), clock.nowMs(),
    );
    return { reply: result.value, repeated: false };
  });
  try {
    return ok(run.immediate());
  } catch (error) {
    return error instanceof Refused ? { ok: false, error: error.error } : storeFailure(error);
  }
}
