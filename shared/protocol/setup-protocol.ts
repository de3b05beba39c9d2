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
import { toneSchema } from '../case/case-entity.ts';
import { certificateLevels } from './conduct-protocol.ts';
import { roleSchema, userSchema } from './session-protocol.ts';

export const agencyNameSchema = z.string().trim().min(1).max(100);
const username = z.string().trim().min(1).max(100);
const displayName = z.string().trim().min(1).max(100);
const password = z.string().max(MAX_PASSWORD_LENGTH);

export const setupRequestSchema = z.object({ agencyName: agencyNameSchema, username, displayName, password });
export type SetupRequest = z.infer<typeof setupRequestSchema>;

/** What a new person is certified for from today on; a tone that is not named: not. */
const newCertificates = z.array(z.object({ tone: toneSchema, level: z.enum(certificateLevels) })).max(3);
export type NewCertificate = z.infer<typeof newCertificates>[number];
/** What holds where the administrator does not say: learns, in the mildest tone. */
export const standardCertificates: readonly NewCertificate[] = [{ tone: 'courtesy', level: 'trainee' }];

export const newUserSchema = z.object({ username, displayName, role: roleSchema, password, certificates: newCertificates.optional() });
export const newPasswordSchema = z.object({ password });
export const usersReplySchema = z.object({ users: z.array(userSchema) });
