import { expect, it } from 'vitest';
import { lineSentenceKey, lineState } from './line-state.ts';

const sync = (network: 'online' | 'connecting' | 'offline', code?: string): Parameters<typeof lineState>[0] =>
  ({ network, problem: code === undefined ? null : { code, messageKey: 'error.unexpected' } });

it('calls only a hub that does not answer "no network"', () => {
  expect(lineState(sync('offline', 'hub-unreachable'))).toBe('offline');
  expect(lineState(sync('offline', 'not-authorised'))).toBe('signIn');
  expect(lineState(sync('offline', 'update-needed'))).toBe('update');
  expect(lineState(sync('offline', 'disk-full'))).toBe('trouble');
});

it('keeps the state while the desk tries again, and forgets it online', () => {
  expect(lineState(sync('connecting', 'sign-in-again'))).toBe('signIn');
  expect(lineState(sync('connecting', 'hub-unreachable'))).toBe('connecting');
  expect(lineState(sync('online'))).toBe('online');
  expect(lineSentenceKey(sync('connecting', 'not-authorised'))).toBe('error.signInAgain');
  expect(lineSentenceKey(sync('online'))).toBeNull();
});
