/** Who calls, as far as the exchange says: the asserted identity (RFC 3325) before what the caller wrote. */
import type { Invitation } from 'sip.js';
import { Grammar } from 'sip.js';
import { cleanCallerName } from '../../../shared/telephone/clean-caller-name.ts';
import { readDialTarget } from '../../../shared/telephone/dial-target.ts';
import type { Caller } from '../../../shared/telephone/telephone-event.ts';

/** Number and name, each null where there is none that can be shown. */
export function readCaller(invitation: Invitation): Caller {
  const asserted = Grammar.nameAddrHeaderParse(invitation.request.getHeader('p-asserted-identity') ?? '');
  const identity = asserted ?? invitation.remoteIdentity;
  const number = readDialTarget(`sip:${identity.uri.user ?? ''}@x`);
  return { number: number.ok ? number.value : null, name: cleanCallerName(identity.displayName) };
}
