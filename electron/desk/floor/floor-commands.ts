/** What pages do on the floor. Nothing of it is a row; what is dialled is committed as any call inside the house is. */
import type { CommandOutput, CommandRequest } from '../../../shared/contract/contract.ts';
import type { UserId } from '../../../shared/id.ts';
import type { ListeningId, ListeningWay } from '../../../shared/protocol/floor-protocol.ts';
import type { Result } from '../../../shared/result.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { DialPermit } from '../../../shared/telephone/dial-permit.ts';
import { commitOnce } from '../commands/commit-once.ts';
import { mayDialColleague, writeColleagueCall } from '../commands/dial-extension.ts';
import type { Session } from '../session.ts';

function done(result: Result<null>): Result<Record<string, never>> {
  return result.ok ? ok({}) : result;
}

function leads({ user }: Session): boolean {
  return user.role === 'lead';
}

export function tellState(session: Session, { state, forMs, isOver }: CommandRequest<'tell-state'>): Result<CommandOutput<'tell-state'>> {
  session.floor.tellState({ state, forMs, isOver });
  return ok({});
}

export async function askHelp(session: Session, { isRaised }: CommandRequest<'ask-help'>): Promise<Result<CommandOutput<'ask-help'>>> {
  return done(await session.floor.askHelp(isRaised));
}

export async function answerHelp(session: Session, { userId }: CommandRequest<'answer-help'>): Promise<Result<CommandOutput<'answer-help'>>> {
  return leads(session) ? done(await session.floor.answerHelp(userId)) : fail('lead-only', 'error.leadOnly');
}

export async function confirmListening(session: Session, { listeningId }: CommandRequest<'confirm-listening'>): Promise<Result<CommandOutput<'confirm-listening'>>> {
  return done(await session.floor.confirmListening(listeningId));
}

export async function dropListeners(session: Session): Promise<Result<CommandOutput<'drop-listeners'>>> {
  await session.floor.dropListeners();
  return ok({});
}

export function tellTyped(session: Session): Result<CommandOutput<'tell-typed'>> {
  session.floor.typed();
  return ok({});
}

export function closeRelease(session: Session): Result<CommandOutput<'close-release'>> {
  session.floor.closeRelease();
  return ok({});
}

export async function releaseWrapUp(session: Session, { userId, reason }: CommandRequest<'release-wrap-up'>): Promise<Result<CommandOutput<'release-wrap-up'>>> {
  return leads(session) ? session.floor.releaseWrapUp(userId, reason) : fail('lead-only', 'error.leadOnly');
}

/** Announced first, dialled then: an internal call with a permit of its own. What cannot be dialled is unsaid. */
export async function beginListening(session: Session, { commandId, userId, how }: CommandRequest<'begin-listening'>): Promise<Result<CommandOutput<'begin-listening'>>> {
  if (!leads(session)) return fail('lead-only', 'error.leadOnly');
  const free = mayDialColleague(session);
  if (!free.ok) return free;
  if (session.floor.listening !== null) return fail('call-open', 'error.callOpen');
  const announced = await session.floor.announceListening(userId, how);
  if (!announced.ok) return announced;
  const { listeningId, number } = announced.value;
  let permit: DialPermit | null = null;
  const written = commitOnce(session, { commandId, name: 'begin-listening' }, () => {
    const still = mayDialColleague(session);
    if (!still.ok) return still;
    permit = writeColleagueCall(session, number);
    return ok({ callId: permit.callId });
  });
  if (!written.ok || written.value.repeated) await session.floor.endListening(listeningId);
  else dialNow(session, permit, { listeningId, userId, how });
  return written.ok ? ok(written.value.reply) : written;
}

function dialNow(session: Session, permit: DialPermit | null, listening: { listeningId: ListeningId; userId: UserId; how: ListeningWay }): void {
  if (permit === null) return;
  session.floor.listens({ ...listening, callId: permit.callId });
  session.telephone.dial(permit, null);
}
