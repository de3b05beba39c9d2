/** Opens a desk's store as a later version would and ends: `node open-desk-store.ts PATH KEY`. */
import './one-migration-more.ts';
import { openStore } from '../../electron/desk/store/database.ts';

const [path = '', keyHex = ''] = process.argv.slice(2);
const opened = openStore({ path, keyHex, testRuntime: false });
if (!opened.ok) throw new Error(opened.error.code);
opened.value.db.close();
