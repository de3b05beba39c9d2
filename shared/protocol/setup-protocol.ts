/**
 * A hub that nobody has set up, and the people an administrator adds.
 *
 *   GET  /v1/hub                       → …, needsSetup: true while nobody can sign in
 *   POST /v1/setup                     SetupRequest → User (201); 409 `already-set-up` as soon as there is a user
 *   GET  /v1/users                     → {users}
 *   POST /v1/users                     NewUser → User (201)
 *   POST /v1/users/:userId/password    {password} → {}; every session of that person ends
 *
 * Invariant: `POST /v1/setup` is public and happens once per hub, whoever else asks at the same moment.
 */
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH } from '../policy/password-rules.ts';
import { roleSchema, userSchema } from './session-protocol.ts';

export const agencyNameSchema = z.string().trim().min(1).max(100);
const username = z.string().trim().min(1).max(100);
const displayName = z.string().trim().min(1).max(100);
const password = z.string().max(MAX_PASSWORD_LENGTH);

export const setupRequestSchema = z.object({ agencyName: agencyNameSchema, username, displayName, password });
export type SetupRequest = z.infer<typeof setupRequestSchema>;

export const newUserSchema = z.object({ username, displayName, role: roleSchema, password });
export const newPasswordSchema = z.object({ password });
export const usersReplySchema = z.object({ users: z.array(userSchema) });
