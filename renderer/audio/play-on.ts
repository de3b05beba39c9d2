/** Chooses where a player is heard; a device that does not take it leaves the system's own choice, for a call must be heard somewhere. */
export async function playOn(player: HTMLMediaElement, deviceId: string | null): Promise<void> {
  try {
    await player.setSinkId(deviceId ?? '');
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
