/**
 * Who may see an entity: one person, or everybody of a role.
 *
 * Invariant: the feed sends an entity only to an audience that stands on it; a person's audiences are computed here
 * and nowhere else. Leads see what came in and what was flagged, not the cases themselves.
 */
import { z } from 'zod';
import type { UserId } from '../../shared/id.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import { roleSchema } from '../../shared/protocol/session-protocol.ts';
import { userIdSchema } from '../../shared/id.ts';

export const audienceSchema = z.union([
  z.templateLiteral(['user:', userIdSchema]), z.templateLiteral(['role:', roleSchema]),
]);
export type Audience = `user:${string}` | `role:${Role}`;

export function audiencesOf(user: { userId: UserId; role: Role }): Audience[] {
  const own: Audience[] = [`user:${user.userId}`, `role:${user.role}`];
  // What stands for all collectors, the rules of the house and erasures, binds whoever answers them too; entities of before name that role only.
  return user.role === 'inbound' ? [...own, 'role:collector'] : own;
}

/** Reads the audiences of a stored entity. */
export function parseAudiences(text: string): Audience[] {
  return z.array(audienceSchema).parse(JSON.parse(text));
}
