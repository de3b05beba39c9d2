/** What is asked of an import, what it tells while it runs, and what it comes to. */
import type { ImportJobId } from '../../shared/id.ts';
import type { ImportChange, ImportJobReport, ImportNote } from '../../shared/protocol/import-protocol.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { ImportInput } from '../imports/decode-source.ts';
import type { ImportOptions } from '../imports/inspect-file.ts';
import type { LeftOut } from './find-missing.ts';
import type { StoredInvoice } from './store-invoices.ts';
import type { NoteStored } from './transact-batch.ts';

export interface ImportRequest {
  file: ImportInput;
  creditorName: string;
  /** `content` says what the rows are; default invoices. */
  options: ImportOptions;
  /** The day whose state the file is taken to show. */
  asOf: PlainDate;
  dryRun: boolean;
  /** Where a rejects file goes if one is needed. */
  rejectsPath: string;
  /** As a person knows the file; payments name it as their evidence. */
  fileName?: string;
  jobId?: ImportJobId;
}

/** Hears what happens while it happens; nothing of it is kept here. */
export interface ImportListener {
  note?(note: ImportNote): Promise<void>;
  stored?(invoice: StoredInvoice): Promise<void>;
  leftOut?(invoice: LeftOut): Promise<void>;
  /** An invoice that a payment lowers. */
  paid?(change: ImportChange): Promise<void>;
  /** Rows below the header that were read so far. */
  rows?(count: number): void;
  /** Every row is stored; the changed cases go to the desks now. */
  sending?(): void;
  /** In the transaction of each batch of a real import: how many rows are stored with it. */
  storing?: NoteStored;
  /** The same, after the commit. */
  rowsStored?(count: number): void;
  /** Before each batch, of rows or (then every row is stored) of cases to send; what it throws ends the import there. */
  beforeBatch?(kind: 'rows' | 'cases'): Promise<void>;
}

export interface ImportOutcome { report: ImportJobReport; rejectsPath: string | null }
