/** What an operator does in tests: signs in with the demo password. */
import type { DeskProcess } from './desk-process.ts';

export { plainForm, promiseForm } from '../../shared/testing/outcome-forms.ts';

export const demoPassword = 'premura-demo';

export async function signInAs(desk: DeskProcess, username: string, password = demoPassword): Promise<void> {
  const session = await desk.command('sign-in', { username, password });
  if (!session.ok) throw new Error(`sign-in of ${username}: ${session.error.code} ${JSON.stringify(session.error.details)}`);
}
