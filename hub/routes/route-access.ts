/**
 * Who may call each route: the one table.
 *
 * Invariant: a route that does not stand here cannot be registered, and a caller who does not stand beside it is
 * refused before anything of the request is read. The permission matrix test walks every pair.
 */
import type { Role } from '../../shared/protocol/session-protocol.ts';

export type Access = 'public' | readonly Role[];

const everybody: readonly Role[] = ['collector', 'lead', 'admin', 'inbound'];
/** Who answers customers that call: collectors and leads as well, for customers call back whoever rang. */
const answering: readonly Role[] = ['collector', 'lead', 'inbound'];

export const routeAccess = {
  'GET /v1/hub': 'public',
  'POST /v1/setup': 'public',
  'POST /v1/sign-in': 'public',
  'POST /v1/refresh': 'public',
  'POST /v1/sign-out': everybody,
  'GET /v1/devices/:deviceId': everybody,
  'POST /v1/devices/:deviceId/facts': everybody,
  'POST /v1/attachments/offsets': everybody,
  'PATCH /v1/attachments/:factId': everybody,
  'GET /v1/attachments/:factId': ['collector', 'lead', 'inbound'],
  'GET /v1/feed': everybody,
  'GET /v1/live': everybody,
  'POST /v1/leases/end': everybody,
  'POST /v1/imports': ['admin'],
  'POST /v1/import-files': ['lead', 'admin'],
  'GET /v1/import-files/:fileId': ['lead', 'admin'],
  'PATCH /v1/import-files/:fileId': ['lead', 'admin'],
  'DELETE /v1/import-files/:fileId': ['lead', 'admin'],
  'GET /v1/import-files/:fileId/preview': ['lead', 'admin'],
  'POST /v1/import-files/:fileId/jobs': ['lead', 'admin'],
  'GET /v1/import-jobs': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId': ['lead', 'admin'],
  'POST /v1/import-jobs/:jobId/cancel': ['lead', 'admin'],
  'POST /v1/import-jobs/:jobId/again': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId/rejects': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId/rejects.csv': ['lead', 'admin'],
  'GET /v1/import-jobs/:jobId/changes': ['lead', 'admin'],
  'GET /v1/import-creditors': ['lead', 'admin'],
  'GET /v1/users': ['admin'],
  'POST /v1/users': ['admin'],
  'POST /v1/users/:userId/password': ['admin'],
  'POST /v1/assignments': ['lead', 'admin'],
  'GET /v1/facts/ids': ['admin'],
  'GET /v1/verify': ['admin'],
  'POST /v1/erasures': ['admin'],
  'GET /v1/report': ['lead', 'admin'],
  'GET /v1/lists': ['lead', 'admin'],
  'GET /v1/cases': ['lead', 'admin'],
  'GET /v1/cases/:caseId': ['lead', 'admin'],
  'GET /v1/collectors': ['lead', 'admin'],
  'POST /v1/shares/plan': ['lead', 'admin'],
  'GET /v1/board': ['lead', 'admin'],
  'GET /v1/board/live': ['lead', 'admin'],
  'PUT /v1/floor/state': answering,
  'PUT /v1/floor/help': answering,
  'POST /v1/floor/help/:userId/answer': ['lead'],
  'POST /v1/floor/people/:userId/release': ['lead'],
  'POST /v1/floor/releases/:releaseId/answer': answering,
  'POST /v1/floor/listening': ['lead'],
  'POST /v1/floor/listening/:listeningId/told': answering,
  'DELETE /v1/floor/listening/:listeningId': answering,
  'GET /v1/conduct': ['lead', 'admin'],
  'PUT /v1/conduct/:creditorId': ['lead', 'admin'],
  'PUT /v1/calendar': ['lead', 'admin'],
  'GET /v1/scripts': ['lead', 'admin'],
  'POST /v1/scripts': ['lead', 'admin'],
  'GET /v1/scripts/:scriptId': ['lead', 'admin'],
  'POST /v1/scripts/:packId/withdraw': ['lead', 'admin'],
  'GET /v1/certificates': ['lead', 'admin'],
  'PUT /v1/certificates/:userId': ['admin'],
  'GET /v1/rates': ['lead', 'admin'],
  'PUT /v1/rates/:tableId': ['admin'],
  'POST /v1/rates/:tableId/withdraw': ['admin'],
  'GET /v1/workers-agreement': everybody,
  'PUT /v1/workers-agreement': ['admin'],
  'POST /v1/workers-agreement/withdraw': ['admin'],
  'GET /v1/telephone': ['admin'],
  'GET /v1/telephone/own': everybody,
  'PUT /v1/telephone/exchange': ['admin'],
  'PUT /v1/telephone/accounts/:userId': ['admin'],
  'DELETE /v1/telephone/accounts/:userId': ['admin'],
  'PUT /v1/telephone/caller-ids/:creditorId': ['admin'],
  'GET /v1/directory': answering,
  'POST /v1/look-ups': answering,
  'POST /v1/look-ups/again': answering,
  'POST /v1/look-ups/names': answering,
  'POST /v1/look-ups/search': answering,
  'POST /v1/contact-tasks/take': answering,
  'GET /v1/mail/senders': ['admin'],
  'PUT /v1/mail/senders/:creditorId': ['admin'],
  'DELETE /v1/mail/senders/:creditorId': ['admin'],
  'GET /v1/mail/problems': ['lead', 'admin'],
  'POST /v1/mail/problems/:mailId/retry': ['lead', 'admin'],
} as const satisfies Record<string, Access>;

export type RouteKey = keyof typeof routeAccess;

export function isRouteKey(key: string): key is RouteKey {
  return Object.hasOwn(routeAccess, key);
}

/** The access of a route; null when it is not in the table. */
export function accessOf(key: string): Access | null {
  return isRouteKey(key) ? routeAccess[key] : null;
}
