/** The page's way to the telephone in main: what acts at once, and what happens on the line. */
import type { LineInput, LineMessage, LineOutput, LineRequestName } from '../../shared/contract/line-channels.ts';
import { lineMessageSchema, lineRequests } from '../../shared/contract/line-channels.ts';
import type { Result } from '../../shared/result.ts';
import { readAnswer } from './send-request.ts';

/** Asks once; every request is answered, by main itself. */
export async function requestLine<Name extends LineRequestName>(name: Name, input: LineInput<Name>): Promise<Result<LineOutput<Name>>> {
  return readAnswer(await window.premura.line.request(name, input), name, lineRequests[name], (message, cause) => {
    console.error(message, cause);
  });
}

/** Listens to the line; a new listener is told at once how it stands. Answers how to stop. */
export function onLine(listener: (message: LineMessage) => void): () => void {
  return window.premura.line.onMessage((message) => {
    listener(lineMessageSchema.parse(message));
  });
}
