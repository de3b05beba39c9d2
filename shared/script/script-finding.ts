/** What the checker of scripts can find. */
export type ScriptFindingCode =
  | 'duplicate-id' | 'unknown-step' | 'unreachable-step' | 'dead-end' | 'endless' | 'breadcrumb-too-long' | 'missing-objection'
  | 'said-before-identity' | 'missing-translation' | 'undeclared-variable' | 'variable-without-value' | 'misplaced-variable'
  | 'silent-step' | 'never-said' | 'title-too-long' | 'unbalanced-emphasis' | 'breathless' | 'threat'
  | 'upcoming-before-overdue' | 'upcoming-called-overdue' | 'courtesy-called-overdue' | 'customer-called-debtor';

export interface ScriptFinding {
  code: ScriptFindingCode;
  /** The step or objection. */
  where: string;
  detail: string;
}
