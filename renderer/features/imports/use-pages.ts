/** A long list that the hub gives a hundred at a time: the first page at once, the next on request. */
import { useEffect, useRef, useState } from 'react';
import { query } from '../../bridge/desk.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/result.ts';

type PagedQuery = 'list-import-rejects' | 'list-import-changes';

export interface Pages<Row> {
  rows: Row[];
  /** Null until the first page came. */
  total: number | null;
  error: AppError | null;
  /** True while there is more that can be listed. */
  hasMore: boolean;
  more: () => void;
}

export function usePages<Name extends PagedQuery, Row>(name: Name, input: Omit<QueryInput<Name>, 'after'>, rowsOf: (page: QueryOutput<Name>) => Row[]): Pages<Row> {
  const key = JSON.stringify(input);
  const [held, setHeld] = useState<{ rows: Row[]; total: number | null; error: AppError | null; ended: boolean }>({ rows: [], total: null, error: null, ended: false });
  const read = useRef(rowsOf);
  const [wanted, setWanted] = useState(0);
  useEffect(() => {
    let left = false;
    const ask = async (): Promise<void> => {
      const asked = { ...(JSON.parse(key) as object), after: wanted } as QueryInput<Name>;
      const page = await query(name, asked);
      if (left) return;
      setHeld((before) => {
        if (!page.ok) return { ...before, error: page.error };
        const rows = read.current(page.value);
        return { rows: [...before.rows.slice(0, wanted), ...rows], total: (page.value as { total: number }).total, error: null, ended: rows.length === 0 };
      });
    };
    void ask();
    return () => {
      left = true;
    };
  }, [name, key, wanted]);
  return {
    rows: held.rows, total: held.total, error: held.error, hasMore: held.total !== null && held.rows.length < held.total && !held.ended,
    more: () => { setWanted(held.rows.length); },
  };
}
