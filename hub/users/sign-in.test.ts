/** A password that is reset while a sign-in with the old one is under way, on both stores. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/time.ts';
import type { TestPostgres } from '../../tests/support/start-postgres.ts';
import { startPostgres } from '../../tests/support/start-postgres.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { ensureHubId } from '../store/hub-meta.ts';
import type { HubStore } from '../store/hub-store.ts';
import { openPostgres } from '../store/postgres/open-postgres.ts';
import { openSqlite } from '../store/sqlite/open-sqlite.ts';
import { addUser } from './add-user.ts';
import { resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';

const OLD = 'the-old-password';
const NEW = 'another-password';

let server: TestPostgres;
let store: HubStore;
beforeAll(async () => {
  server = await startPostgres();
});
afterEach(() => store.close());
afterAll(() => server.stop());

const opens = {
  SQLite: () => openSqlite(`${temporaryFolder()}/hub.sqlite`),
  PostgreSQL: async () => openPostgres({ connectionString: await server.createDatabase() }),
};

/** The same store, with something that commits just before the write with this number. */
function before(number: number, happen: () => Promise<unknown>): HubStore {
  let writes = 0;
  return {
    ...store,
    write: async (work) => {
      writes += 1;
      if (writes === number) await happen();
      return store.write(work);
    },
  };
}

describe.each(Object.entries(opens))('on %s', (_name, open) => {
  it('a reset that commits while the old password is checked leaves no session of it', async () => {
    store = await open();
    await ensureHubId(store);
    await addUser(store, systemClock, { username: 'anna', displayName: 'Anna', role: 'collector', password: OLD, certificates: [] });
    expect(await signIn(store, systemClock, 'anna', OLD)).toMatchObject({ ok: true });

    const racing = before(2, () => resetPassword(store, { username: 'anna' }, NEW));
    expect(await signIn(racing, systemClock, 'anna', OLD)).toMatchObject({ ok: false, refusal: { status: 401, code: 'wrong-credentials' } });
    expect(await store.read((tx) => tx.selectFrom('sessions').selectAll().execute())).toEqual([]);
    expect(await signIn(store, systemClock, 'anna', OLD)).toMatchObject({ ok: false, refusal: { code: 'wrong-credentials' } });
    expect(await signIn(store, systemClock, 'anna', NEW)).toMatchObject({ ok: true });
  });
});
