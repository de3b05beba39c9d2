/** The agreement with the workers as typed: nothing is turned away while it is typed, everything is read before it is recorded. */
import type { AgreementScope, WorkersAgreementDraft, WorkersAgreementEntity } from '../../../shared/protocol/workers-agreement-protocol.ts';
import { agreementScopes, workersAgreementDraftSchema } from '../../../shared/protocol/workers-agreement-protocol.ts';

export interface WorkersForm {
  kind: WorkersAgreementDraft['kind'];
  scopes: AgreementScope[];
  signedOn: string;
  from: string;
  /** Empty: until it is withdrawn. */
  until: string;
  signatories: string;
  document: string;
}
export const workersFields = ['scopes', 'signedOn', 'from', 'until', 'signatories', 'document'] as const;
/** By field: what is wrong, as `conduct.workers.problem.<problem>`. */
export const workersProblems = ['scopes', 'date', 'reversed', 'line'] as const;
export type WorkersProblems = Readonly<Partial<Record<(typeof workersFields)[number], (typeof workersProblems)[number]>>>;

/** What stands, to be gone on with; else an empty sheet. */
export function formOfAgreement(standing: WorkersAgreementEntity | null): WorkersForm {
  if (standing === null) return { kind: 'works-agreement', scopes: [], signedOn: '', from: '', until: '', signatories: '', document: '' };
  const { kind, scopes, signedOn, from, until, signatories, document } = standing;
  return { kind, scopes: [...scopes], signedOn, from, until: until ?? '', signatories, document };
}

export function readAgreement(form: WorkersForm): { ok: true; draft: WorkersAgreementDraft } | { ok: false; problems: WorkersProblems } {
  const read = workersAgreementDraftSchema.safeParse({ ...form, scopes: agreementScopes.filter((scope) => form.scopes.includes(scope)), until: form.until === '' ? null : form.until });
  if (read.success) return { ok: true, draft: read.data };
  const problems: Partial<Record<(typeof workersFields)[number], (typeof workersProblems)[number]>> = {};
  for (const { path, code } of read.error.issues) {
    const field = workersFields.find((one) => one === path[0]);
    if (field === undefined) continue;
    problems[field] ??= field === 'scopes' ? 'scopes' : field === 'signatories' || field === 'document' ? 'line' : field === 'until' && code === 'custom' && isDate(form.until) ? 'reversed' : 'date';
  }
  return { ok: false, problems };
}

function isDate(text: string): boolean {
  return workersAgreementDraftSchema.shape.until.safeParse(text).success;
}
