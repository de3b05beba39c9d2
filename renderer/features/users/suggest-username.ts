/** `Carla Serra` → `carla.serra`: letters and digits only, without accents. */
export function suggestUsername(displayName: string): string {
  return displayName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/[^a-z0-9]+/).filter((part) => part !== '').join('.').slice(0, 60);
}
