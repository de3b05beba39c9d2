import { standardPacks } from '../../../shared/script/standard-packs.ts';

/** All versions that a pack's name ever had: the next must be higher than each. */
export function versionsOf(packId: string, published: readonly { packId: string; packVersion: string }[]): string[] {
  return [
    ...standardPacks.filter(({ id }) => id === packId).map(({ version }) => version),
    ...published.filter((script) => script.packId === packId).map(({ packVersion }) => packVersion),
  ];
}
