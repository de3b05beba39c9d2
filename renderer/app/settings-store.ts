/** The settings of whoever is signed in, as the page applies them; kept by the desk, in the operator's sealed store. */
import { create } from 'zustand';
import { command } from '../bridge/desk.ts';
import type { SettingChange, Settings } from '../../shared/contract/settings-channels.ts';
import { defaultSettings, settingsSchema } from '../../shared/contract/settings-channels.ts';
import type { Result } from '../../shared/result.ts';

interface SettingsStore {
  settings: Settings;
  adopt: (settings: Settings) => void;
}

export const useSettings = create<SettingsStore>((set) => ({
  settings: defaultSettings,
  adopt: (settings) => {
    set({ settings });
  },
}));

/** Saves one setting and shows it at once; back as it was when it cannot be saved. */
export async function saveSetting(change: SettingChange): Promise<Result<Settings>> {
  const { settings: before, adopt } = useSettings.getState();
  adopt(settingsSchema.parse({ ...before, [change.key]: change.value ?? defaultSettings[change.key] }));
  const saved = await command('save-setting', { change });
  adopt(saved.ok ? saved.value : before);
  return saved;
}
