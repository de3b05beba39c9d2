/**
 * A question that stays answered: asked at first, and again when the desk says that what it
 * concerns has changed or when the desk comes back.
 *
 * Invariant: an answer is shown only for the question it answers; the last good answer stays
 * on the screen while a newer one is on its way.
 */
import { useCallback, useEffect, useState } from 'react';
import type { QueryInput, QueryName, QueryOutput } from '../../shared/contract/contract.ts';
import type { AppError, Result } from '../../shared/result.ts';
import { useConnection } from './connection.ts';
import type { Changed } from './desk.ts';
import { onChanged, query } from './desk.ts';

type Concern = Changed['what'][number];

const concernsOf: Record<QueryName, readonly Concern[]> = {
  'show-session': ['session'],
  'show-sync': ['sync'],
  'show-today': ['today'],
  'list-worklist': ['worklist'],
  'find-next-case': [],
  'find-next-callable': [],
  'search-cases': ['worklist'],
  'show-case': ['case'],
  'show-plan-basis': ['case'],
  'show-open-agreements': ['case'],
  'show-mail': ['case', 'call'],
  'list-mail-problems': ['lists'],
  'list-mail-senders': [],
  'read-attachment': [],
  'read-typed-entry': [],
  'list-incoming': ['incoming'],
  'list-flags': ['flags'],
  'show-import-file': [],
  'preview-import': [],
  'list-import-jobs': [],
  'show-import-job': [],
  'list-import-rejects': [],
  'list-import-changes': [],
  'list-import-creditors': [],
  'list-users': [],
  'show-conduct': [],
  'list-scripts': [],
  'show-published-script': [],
  'list-script-drafts': [],
  'preview-script-draft': [],
  'list-certificates': [],
  'list-rates': [], 'show-workers-agreement': [],
  'list-lists': ['lists'],
  'find-cases': ['lists'],
  'show-lead-case': ['case', 'lists'],
  'list-collectors': [],
  'show-board': ['board'],
  'list-priorities': ['worklist'],
  'plan-share': [],
  'show-floor': ['floor'],
  'list-messages': ['messages'],
  'list-audits': ['incoming'],
  'list-agenda': ['worklist'],
  'show-settings': ['settings'],
  'show-data-folder': [],
  'show-guard': ['case', 'worklist', 'call'],
  'show-call': ['call'],
  'show-telephone': ['telephone'],
  'preview-script': ['case'],
  'show-caller': ['telephone', 'sync'],
  'search-callers': [],
  'list-served': ['case', 'telephone'],
  'list-contact-tasks': ['contacts'],
};

export interface Answer<T> {
  data: T | null;
  error: AppError | null;
  /** True until the first answer to this very question. */
  waiting: boolean;
  askAgain: () => void;
}

interface Held<T> {
  key: string;
  data: T | null;
  error: AppError | null;
}

/** Asks `name` with `input`; `input` null asks nothing yet. */
export function useQuery<Name extends QueryName>(name: Name, input: QueryInput<Name> | null): Answer<QueryOutput<Name>> {
  const key = input === null ? '' : JSON.stringify([name, input]);
  const generation = useConnection((store) => store.generation);
  const [asked, setAsked] = useState(0);
  const [held, setHeld] = useState<Held<QueryOutput<Name>>>({ key: '', data: null, error: null });

  useEffect(() => {
    if (key === '') return undefined;
    const [, parsedInput] = JSON.parse(key) as [Name, QueryInput<Name>];
    const caseId = 'caseId' in parsedInput ? parsedInput.caseId : null;
    let latest = 0;
    let stopped = false;
    const ask = async (): Promise<void> => {
      latest += 1;
      const mine = latest;
      const result: Result<QueryOutput<Name>> = await query(name, parsedInput);
      if (stopped || mine !== latest) return;
      setHeld((before) => {
        if (result.ok) return { key, data: result.value, error: null };
        return { key, data: before.key === key ? before.data : null, error: result.error };
      });
    };
    void ask();
    const stopListening = onChanged((changed) => {
      if (!changed.what.some((what) => concernsOf[name].includes(what))) return;
      if (caseId !== null && changed.caseIds.length > 0 && !changed.caseIds.some((id) => id === caseId)) return;
      void ask();
    });
    return () => {
      stopped = true;
      stopListening();
    };
  }, [name, key, generation, asked]);

  const askAgain = useCallback(() => {
    setAsked((count) => count + 1);
  }, []);
  const isMine = held.key === key;
  return { data: isMine ? held.data : null, error: isMine ? held.error : null, waiting: key !== '' && !isMine, askAgain };
}
