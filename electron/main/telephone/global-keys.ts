/**
 * Keys that answer, hang up and mute while another program is in front.
 *
 * Invariants: off until somebody turns them on; a key that another program has is said, the others work.
 */
import type { GlobalKeyName } from '../../../shared/telephone/global-keys.ts';
import { globalKeyChords, globalKeyNames } from '../../../shared/telephone/global-keys.ts';
import type { Phone } from './phone.ts';

/** The part of Electron's `globalShortcut`. */
export interface ShortcutRegister {
  register(accelerator: string, pressed: () => void): boolean;
  unregister(accelerator: string): void;
}

export interface GlobalKeys {
  /** Answers the keys that another program has. */
  set(on: boolean): GlobalKeyName[];
}

export function createGlobalKeys(register: ShortcutRegister, phone: Phone, log: (line: string) => void): GlobalKeys {
  let held: GlobalKeyName[] = [];
  const press = (name: GlobalKeyName): void => {
    void pressGlobalKey(phone, name).catch((error: unknown) => { log(`telephone: a key failed: ${String(error)}`); });
  };
  return {
    set: (on) => {
      for (const name of held) register.unregister(globalKeyChords[name]);
      held = on ? globalKeyNames.filter((name) => register.register(globalKeyChords[name], () => { press(name); })) : [];
      return on ? globalKeyNames.filter((name) => !held.includes(name)) : [];
    },
  };
}

/** Acts on the call that rings, or on the one in front; does nothing where there is none. */
export async function pressGlobalKey(phone: Phone, name: GlobalKeyName): Promise<void> {
  const calls = phone.calls();
  const offered = calls.find((call) => call.state().phase === 'offered');
  const inFront = calls.find((call) => call.state().phase !== 'offered' && !call.state().heldByUs);
  switch (name) {
    case 'answer':
      if (offered !== undefined) await phone.accept(offered.callId);
      return;
    case 'hang-up':
      if (inFront !== undefined) phone.hangUp(inFront.callId);
      return;
    case 'mute':
      if (inFront !== undefined) await phone.mute(inFront.callId, !inFront.state().muted);
  }
}
