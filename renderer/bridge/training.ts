/** To the training and back: another window, another hub, other data. */
export function switchTraining(wanted: boolean): void {
  window.premura.switchTraining(wanted);
}
