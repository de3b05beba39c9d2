/** What this hub calls itself to its desks. */
import manifest from '../package.json' with { type: 'json' };

export const HUB_NAME = 'Premura';
export const HUB_VERSION: string = manifest.version;
