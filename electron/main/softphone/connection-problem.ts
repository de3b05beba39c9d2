/** What kept a connection to the exchange from being made, as one of the problems that can be told to somebody. */
import type { LineProblem } from '../../../shared/telephone/telephone-event.ts';

const expired = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const unknown = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_UNTRUSTED', 'CERT_SIGNATURE_FAILURE', 'CERT_REVOKED',
]);

/** Reads Node's error codes; what is none of them is an exchange that cannot be reached. */
export function connectionProblem(error: Error): LineProblem {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (expired.has(code)) return 'certificate-expired';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'certificate-other-name';
  if (unknown.has(code)) return 'certificate-unknown';
  if (code === 'ECONNREFUSED') return 'refused-connection';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'secure-connection-failed';
  if (error.message.startsWith('Unexpected server response') || error.message.startsWith('Invalid Sec-WebSocket') || error.message.startsWith('Server sent')) return 'not-an-exchange';
  return 'unreachable';
}

/** Whether trying again soon can help: a certificate does not get better by asking. */
export function isLasting(problem: LineProblem): boolean {
  return problem.startsWith('certificate-') || problem === 'not-an-exchange' || problem === 'registration-refused';
}
