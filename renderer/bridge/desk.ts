/** Typed questions and intents to the desk, and the topic that says what changed. */
import type { CommandInput, CommandName, CommandOutput, QueryInput, QueryName, QueryOutput, TopicPayload } from '../../shared/contract/contract.ts';
import { commands, queries, topics } from '../../shared/contract/contract.ts';
import type { CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';
import { whenReachable } from './connection.ts';
import { sendRequest } from './send-request.ts';
import type { Transport } from './send-request.ts';

const transport: Transport = {
  request: (envelope) => window.premura.request(envelope),
  whenReachable,
  report: (message, cause) => {
    console.error(message, cause);
  },
};

/** What a screen passes: the bridge gives each intent its own id. */
export type IntentInput<Name extends CommandName> = Omit<CommandInput<Name>, 'commandId'>;

/** Asks the desk; has no effect. */
export function query<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<Result<QueryOutput<Name>>> {
  return sendRequest(transport, { kind: 'query', name, input }, queries[name]);
}

/** Sends an intent once, whatever happens to the desk meanwhile. */
export function command<Name extends CommandName>(name: Name, input: IntentInput<Name>): Promise<Result<CommandOutput<Name>>> {
  const commandId = newId<CommandId>();
  return sendRequest(transport, { kind: 'command', name, input: { ...input, commandId } }, commands[name]);
}

export type Changed = TopicPayload<'changed'>;

/** Listens to what changed; topics this build does not know are left alone. */
export function onChanged(listener: (changed: Changed) => void): () => void {
  return window.premura.onTopic(({ topic, payload }) => {
    if (topic === 'changed') listener(topics.changed.parse(payload));
  });
}
