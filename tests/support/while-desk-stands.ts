/** The desk stands still while something is pressed, so that it surely comes before the desk's answer. */
import type { AppProcess } from './app-process.ts';

export async function whileDeskStands(app: AppProcess['app'], press: () => Promise<void>): Promise<void> {
  const pid = await app.evaluate((electron) => electron.app.getAppMetrics().find((metric) => metric.name === 'Premura desk')?.pid ?? null);
  if (pid === null) throw new Error('there is no desk');
  process.kill(pid, 'SIGSTOP');
  try {
    await press();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
