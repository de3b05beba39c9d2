/** Opens a hub's store, which migrates it, and ends: `node open-hub-store.ts DATA [POSTGRES]`. */
import { openStore } from '../../hub/store/open-store.ts';

const [dataDir = '', postgresUrl = null] = process.argv.slice(2);
await (await openStore({ dataDir, postgresUrl })).close();
