/** What a page is told of the line, and what it asks of it, by the same door that the page uses. */
import type { Page } from 'playwright-core';
import type { CallId } from '../../shared/id.ts';
import type { LineInput, LineMessage, LineRequestName, LineScreen } from '../../shared/contract/line-channels.ts';
import { lineMessageSchema } from '../../shared/contract/line-channels.ts';
import type { Result } from '../../shared/result.ts';

const PATIENCE_MS = 30_000;

export interface PageLine {
  /** Answers the first line that is so, from now on or already. */
  until(isSo: (screen: LineScreen) => boolean, what: string): Promise<LineScreen>;
  untilLevel(isSo: (level: Extract<LineMessage, { kind: 'level' }>) => boolean, what: string): Promise<void>;
  ask<Name extends LineRequestName>(name: Name, input: LineInput<Name>): Promise<Result<unknown>>;
  /** Asks, and throws where it is refused. */
  order<Name extends LineRequestName>(name: Name, input: LineInput<Name>): Promise<void>;
  /** After the page was loaded anew: what was heard before counts no more. */
  followAgain(): Promise<void>;
}

/** Listens from now on. */
export async function followLine(page: Page): Promise<PageLine> {
  let last: LineScreen | null = null;
  const looks = new Set<(message: LineMessage) => void>();
  await page.exposeFunction('toldByLine', (raw: unknown) => {
    const message = lineMessageSchema.parse(raw);
    if (message.kind === 'line') last = message.screen;
    for (const look of looks) look(message);
  });
  const listen = (): Promise<void> => page.evaluate(() => {
    const { toldByLine } = window as unknown as { toldByLine: (message: unknown) => void };
    window.premura.line.onMessage((message) => { toldByLine(message); });
  });
  await listen();

  function wait<Found>(find: (message: LineMessage) => Found | null, what: string): Promise<Found> {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => {
        looks.delete(look);
        reject(new Error(`${what}: not seen; last ${JSON.stringify(last)}`));
      }, PATIENCE_MS);
      const look = (message: LineMessage): void => {
        const found = find(message);
        if (found === null) return;
        clearTimeout(patience);
        looks.delete(look);
        resolve(found);
      };
      looks.add(look);
      if (last !== null) look({ kind: 'line', screen: last });
    });
  }

  const ask: PageLine['ask'] = async (name, input) =>
    (await page.evaluate(([wanted, given]) => window.premura.line.request(wanted, given), [name, input] as const)) as Result<unknown>;
  return {
    ask,
    until: (isSo, what) => wait((message) => (message.kind === 'line' && isSo(message.screen) ? message.screen : null), what),
    untilLevel: async (isSo, what) => { await wait((message) => (message.kind === 'level' && isSo(message) ? message : null), what); },
    order: async (name, input) => {
      const result = await ask(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
    },
    followAgain: async () => {
      last = null;
      await listen();
    },
  };
}

/** The call's part of the screen. */
export function callOn(screen: LineScreen, callId: CallId): LineScreen['calls'][number] | undefined {
  return screen.calls.find((call) => call.callId === callId);
}
