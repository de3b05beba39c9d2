/**
 * The first run, and the people of the agency.
 *
 * Invariant: a password goes through to the hub and is kept nowhere; `set-up-agency` sent again, after an answer that was lost, signs in.
 */
import { z } from 'zod';
import { commandIdSchema, userIdSchema } from '../id.ts';
import { userSchema } from '../protocol/session-protocol.ts';
import { newPasswordSchema, newUserSchema, setupRequestSchema, usersReplySchema } from '../protocol/setup-protocol.ts';
import type { ChannelMap } from './channel.ts';
import { channel } from './channel.ts';
import { sessionScreenSchema } from './screens.ts';

const commandId = commandIdSchema;

export const setupQueries = {
  'list-users': channel(z.object({}), usersReplySchema),
} as const satisfies ChannelMap;

export const setupCommands = {
  /** Only where nobody has set the hub up; whoever does it is signed in as administrator. */
  'set-up-agency': channel(setupRequestSchema.extend({ commandId }), sessionScreenSchema),
  'add-user': channel(newUserSchema.extend({ commandId }), userSchema),
  'reset-password': channel(newPasswordSchema.extend({ commandId, userId: userIdSchema }), z.object({})),
} as const satisfies ChannelMap;
