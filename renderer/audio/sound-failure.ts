/** A failure that was foreseen, thrown inside the audio page and answered as a Result at its edge. */
import type { ErrorDetails } from '../../shared/result.ts';

export class SoundFailure extends Error {
  readonly code: string;
  readonly messageKey: string;
  readonly details: ErrorDetails;

  constructor(code: string, messageKey: string, details: ErrorDetails = {}) {
    super(code);
    this.code = code;
    this.messageKey = messageKey;
    this.details = details;
  }
}
