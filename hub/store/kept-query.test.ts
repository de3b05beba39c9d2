/** A kept text serves other values, as many values as it was made for, and nothing in a wrong order. */
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { runKept } from './kept-query.ts';
import { openStore } from './open-store.ts';
import type { Tx } from './tables.ts';

const find = (tx: Tx, keys: string[]): Promise<{ key: string; value: string }[]> => runKept(tx, 'meta-of-test', [...keys, ''], () =>
  tx.selectFrom('meta').selectAll().where('key', 'in', keys).where('value', '<>', '').orderBy('key'));

it('binds the values of each question anew', async () => {
  const store = await openStore({ dataDir: temporaryFolder(), postgresUrl: null });
  try {
    await store.write((tx) => tx.insertInto('meta').values([{ key: 'a-test', value: '1' }, { key: 'b-test', value: '2' }, { key: 'c-test', value: '3' }]).execute());
    const asked = (keys: string[]): Promise<string[]> => store.read(async (tx) => (await find(tx, keys)).map(({ value }) => value));
    expect(await asked(['a-test'])).toEqual(['1']);
    expect(await asked(['b-test'])).toEqual(['2']);
    expect(await asked(['c-test', 'a-test'])).toEqual(['1', '3']);
    expect(await asked(['nobody', 'b-test'])).toEqual(['2']);
    await expect(store.read((tx) => runKept(tx, 'in-a-wrong-order', ['x', 'y'], () =>
      tx.selectFrom('meta').selectAll().where('key', '=', 'y').where('value', '=', 'x')))).rejects.toThrow('in-a-wrong-order');
  } finally {
    await store.close();
  }
});
