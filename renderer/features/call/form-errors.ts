/** Which field an error belongs to, going there, and leaving a field when there is nothing more to type. */
import type { AppError } from '../../../shared/result.ts';
import type { FormField } from './outcome-form.ts';

/** The error of one field, or null; `shown` are the fields on the screen. */
export function errorOf(error: AppError | null, field: FormField): AppError | null {
  return error?.details['field'] === field ? error : null;
}

/** True when no field on the screen can carry the error: then it stands above the button. */
export function isGeneral(error: AppError, shown: readonly FormField[]): boolean {
  const field = error.details['field'];
  return !shown.some((entry) => entry === field);
}

/** Puts the focus into the field that needs a change. */
export function focusField(field: string): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"] :is(input, select, textarea)`)?.focus();
  });
}

/** No field has the focus any more: from here on digits and letters are answers and shortcuts again. */
export function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
