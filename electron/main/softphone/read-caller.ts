/**
 * Who calls, as far as the exchange says: the asserted identity (RFC 3325) before what the caller wrote.
 *
 * Invariant: it never throws: an INVITE whose headers say nothing that can be read rings as one that says nothing of itself.
 */
import type { Core } from 'sip.js';
import { cleanCallerName } from '../../../shared/telephone/clean-caller-name.ts';
import type { DialNumber } from '../../../shared/telephone/dial-target.ts';
import { isExtension, readDialTarget } from '../../../shared/telephone/dial-target.ts';
import { readNameAddresses } from '../../../shared/telephone/name-addresses.ts';
import type { Caller } from '../../../shared/telephone/telephone-event.ts';

/** Number and name, each null where there is none that can be shown. */
export function readCaller(request: Core.IncomingRequestMessage): Caller {
  const asserted = request.getHeaders('p-asserted-identity').flatMap(readNameAddresses);
  const identities = asserted.length > 0 ? asserted : readNameAddresses(request.getHeader('from') ?? '');
  const number = identities.map(({ uri }) => readDialTarget(uri)).find((read) => read.ok);
  const name = identities.map((identity) => cleanCallerName(identity.name)).find((one) => one !== null);
  return { number: number?.ok === true ? number.value : null, name: name ?? null };
}

/** Where an exchange says which number was called, the one that the caller dialled before those it was passed on to. */
const calledHeaders = ['p-called-party-id', 'diversion', 'history-info', 'to'] as const;

/** The number that was called; null where only an extension, or nothing, is said. */
export function readCalled(request: Core.IncomingRequestMessage): DialNumber | null {
  const said = calledHeaders.flatMap((header) => request.getHeaders(header).flatMap(readNameAddresses));
  const numbers = said.flatMap(({ uri }) => {
    const read = readDialTarget(uri);
    return read.ok && !isExtension(read.value) ? [read.value] : [];
  });
  return numbers[0] ?? null;
}
