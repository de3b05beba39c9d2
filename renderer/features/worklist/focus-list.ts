/** From the filters back to the rows. */
export function focusList(): void {
  document.getElementById('worklist-rows')?.focus({ preventScroll: true });
}
