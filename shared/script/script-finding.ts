/** What the checker of scripts can find; `scriptFinding.<code>` tells it in words. */
export const scriptFindingCodes = [
  'not-resolved', 'duplicate-id', 'duplicate-answer', 'duplicate-field', 'unknown-step', 'unreachable-step', 'dead-end', 'endless', 'no-route', 'too-complex',
  'breadcrumb-too-long', 'missing-objection', 'offer-without-answer',
  'no-identity-check', 'identity-answer-missing', 'identity-answer-doubled', 'said-before-identity', 'agreement-before-identity',
  'unknown-disclosure', 'disclosure-never-read', 'skippable-disclosure',
  'fills-unknown', 'fills-wrong-type', 'choices-missing', 'restricted-without-consent', 'restricted-misplaced', 'restricted-said',
  'condition-unreadable', 'condition-unknown-variable', 'condition-wrong-type', 'condition-not-allowed', 'condition-unknown-value', 'condition-never-true',
  'missing-translation', 'undeclared-variable', 'variable-without-value', 'misplaced-variable', 'silent-step', 'never-said', 'title-too-long',
  'unbalanced-emphasis', 'breathless', 'threat', 'upcoming-before-overdue', 'upcoming-called-overdue', 'courtesy-called-overdue', 'customer-called-debtor',
] as const;
export type ScriptFindingCode = (typeof scriptFindingCodes)[number];

export interface ScriptFinding {
  code: ScriptFindingCode;
  /** The step or objection; `start`, `title`, `disclosures` for the pack itself. */
  where: string;
  detail: string;
}
