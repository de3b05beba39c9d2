/**
 * The telephone as the page has it: what main told last, and what the operator is doing with it.
 *
 * Invariants: the calls themselves are main's, so a page that begins anew finds them; what was refused stands until the next thing is
 * asked; nothing here makes a call.
 */
import { create } from 'zustand';
import type { AudioDevices } from '../../../shared/contract/audio-channels.ts';
import type { LineInput, LineMessage, LineRequestName, LineScreen } from '../../../shared/contract/line-channels.ts';
import type { CallId, CaseId } from '../../../shared/id.ts';
import type { AppError } from '../../../shared/result.ts';
import { systemClock } from '../../../shared/time.ts';
import { onLine, requestLine } from '../../bridge/line.ts';

/** What is open beside the call's controls. */
export type LinePanel = 'none' | 'digits' | 'transfer';

interface LineStore {
  /** Null until main has told it once. */
  screen: LineScreen | null;
  /** Of the next attempt to connect; null: none is waited for. */
  retryAtMs: number | null;
  panel: LinePanel;
  /** The call whose transfer is asked for as soon as it is answered. */
  passOn: CallId | null;
  error: { action: LineRequestName; error: AppError } | null;
  /** The call that was dialled from a case last: what could not be dialled is told there. */
  dialled: { caseId: CaseId; callId: CallId } | null;
  level: { microphone: number; received: number };
  /** Devices that went, or came back, with the last change. */
  moved: { gone: string[]; back: string[] };
}

export const useLine = create<LineStore>(() => ({
  screen: null, retryAtMs: null, panel: 'none', passOn: null, error: null, dialled: null, level: { microphone: 0, received: 0 }, moved: { gone: [], back: [] },
}));

/** Follows main for as long as somebody is signed in; answers how to stop. */
export function followLine(): () => void {
  return onLine(takeMessage);
}

/** What main told, beside what is known. */
export function takeMessage(message: LineMessage): void {
  if (message.kind === 'level') {
    useLine.setState({ level: { microphone: message.microphone, received: message.received } });
    return;
  }
  const { screen: before, panel, passOn, retryAtMs } = useLine.getState();
  const { screen } = message;
  const waitsAnew = before === null || before.line.retryInMs !== screen.line.retryInMs || before.line.name !== screen.line.name;
  const known = new Set(screen.calls.map(({ callId }) => callId));
  const answered = screen.calls.find(({ callId, state }) => callId === passOn && state.phase === 'connected');
  const standing = screen.calls.some(({ state }) => state.phase === 'connected');
  useLine.setState({
    screen,
    retryAtMs: screen.line.retryInMs === null ? null : waitsAnew ? systemClock.nowMs() + screen.line.retryInMs : retryAtMs,
    panel: answered !== undefined ? 'transfer' : standing ? panel : 'none',
    passOn: passOn === null || answered !== undefined || !known.has(passOn) ? null : passOn,
    ...(before === null ? {} : { moved: movedDevices(before.devices, screen.devices) ?? useLine.getState().moved }),
  });
}

/** Asks main for one thing; what it refuses stands as `error`. */
export async function actOnLine<Name extends LineRequestName>(action: Name, input: LineInput<Name>): Promise<boolean> {
  useLine.setState({ error: null });
  const result = await requestLine(action, input);
  if (!result.ok) useLine.setState({ error: { action, error: result.error } });
  return result.ok;
}

/** The names of what went and what came; null: nothing did. Devices without a name are not told of. */
export function movedDevices(before: AudioDevices, now: AudioDevices): LineStore['moved'] | null {
  const names = ({ microphones, speakers }: AudioDevices): Set<string> => new Set([...microphones, ...speakers].map(({ label }) => label).filter((label) => label !== ''));
  const [had, has] = [names(before), names(now)];
  const gone = [...had].filter((name) => !has.has(name));
  const back = [...has].filter((name) => !had.has(name));
  // The first list after the beginning is no news.
  return had.size === 0 || (gone.length === 0 && back.length === 0) ? null : { gone, back };
}
