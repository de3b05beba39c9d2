import type { Result } from '../result.ts';
import { fail } from '../result.ts';
import type { DialNumber } from './dial-target.ts';
import { readDialTarget } from './dial-target.ts';

/** An exchange's own numbers; three digits that begin with 1 are the emergency and service numbers of the public network. */
const EXTENSION = /^(?!1\d\d$)\d{2,6}$/;

/** A colleague's number as typed. Any other is refused: customers are rung from their case only. @param field where it was typed */
export function readExtension(text: string, field: string): Result<DialNumber> {
  const number = readDialTarget(text);
  return number.ok && !EXTENSION.test(number.value) ? fail('telephone-not-an-extension', 'error.telephoneNotAnExtension', { field }) : number;
}
