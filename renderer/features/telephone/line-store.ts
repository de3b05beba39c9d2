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
  /** The extension of the colleague who works the case in front: where a call is passed on to first of all. */
  passTo: string;
  error: { action: LineRequestName; error: AppError } | null;
  /** The call that was dialled from a case last: what could not be dialled is told there. */
  dialled: { caseId: CaseId; callId: CallId } | null;
  level: { microphone: number; received: number };
  /** Devices that went, or came back, with the last change. */
  moved: { gone: string[]; back: string[] };
}

export const useLine = create<LineStore>(() => ({
  screen: null, retryAtMs: null, panel: 'none', passTo: '', error: null, dialled: null, level: { microphone: 0, received: 0 }, moved: { gone: [], back: [] },
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
  const { screen: before, panel, retryAtMs } = useLine.getState();
  const screen = keepSame(before, message.screen);
  const waitsAnew = before === null || before.line.retryInMs !== screen.line.retryInMs || before.line.name !== screen.line.name;
  const standing = screen.calls.some(({ state }) => state.phase === 'connected');
  useLine.setState({
    screen,
    retryAtMs: screen.line.retryInMs === null ? null : waitsAnew ? systemClock.nowMs() + screen.line.retryInMs : retryAtMs,
    panel: standing ? panel : 'none',
    ...(before === null ? {} : { moved: movedDevices(before.devices, screen.devices) ?? useLine.getState().moved }),
  });
}

/** What main tells is told whole each time: a call that stands as it stood is the same object, so that only what changed is drawn anew. */
function keepSame(before: LineScreen | null, screen: LineScreen): LineScreen {
  if (before === null) return screen;
  const calls = screen.calls.map((call) => {
    const stood = before.calls.find(({ callId }) => callId === call.callId);
    return stood !== undefined && JSON.stringify(stood) === JSON.stringify(call) ? stood : call;
  });
  return { ...screen, calls: calls.length === before.calls.length && calls.every((call, place) => call === before.calls[place]) ? before.calls : calls };
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
