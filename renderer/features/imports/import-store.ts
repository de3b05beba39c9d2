/**
 * The import in hand. It lives outside the screen, so that going to another screen stops nothing.
 *
 *   choose ─ file ─▶ uploading ─▶ mapping ─ try ─▶ running ─▶ report ─ import ─▶ running ─▶ report
 *     ▲                 │            ▲ └──────────── back ──────┘                              │
 *     └──── cancel ─────┴────────────┴──────────────────────── another file ───────────────────┘
 * running ─ stop ─▶ running (the hub ends it between two batches) ─▶ report ─ repeat ─▶ running
 *
 * Invariants: nothing is imported but by `start(false)`; an answer that belongs to an import that was left is not shown.
 */
import { create } from 'zustand';
import { command, query } from '../../bridge/desk.ts';
import { siteZone } from '../../app/format.ts';
import type { ImportFileId, ImportJobId } from '../../../shared/id.ts';
import type { ImportContent, ImportField } from '../../../shared/protocol/import-columns.ts';
import type { ImportFile, ImportJob, ImportPreview } from '../../../shared/protocol/import-protocol.ts';
import type { AppError } from '../../../shared/result.ts';
import type { PlainDate } from '../../../shared/time.ts';
import { dateOfInstant, systemClock } from '../../../shared/time.ts';
import type { ColumnChoice } from './mapping.ts';
import { chooseField, takeSuggestions, toMap } from './mapping.ts';
import { uploadParts } from './upload-parts.ts';

const POLL_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export type ImportStage = 'choose' | 'uploading' | 'mapping' | 'running' | 'report';
export type DateFormat = NonNullable<ImportPreview['dateFormat']>;

interface ImportState {
  stage: ImportStage;
  file: { name: string; sizeBytes: number } | null;
  fileId: ImportFileId | null;
  receivedBytes: number;
  preview: ImportPreview | null;
  creditor: string;
  /** Null until the hub has guessed it or somebody said it. */
  content: ImportContent | null;
  sheet: string | null;
  dateFormat: DateFormat | null;
  currency: string;
  asOf: PlainDate;
  saveMapping: boolean;
  choices: ColumnChoice[];
  job: ImportJob | null;
  /** Somebody asked to stop this job. */
  stopAsked: boolean;
  /** Grows with each job that has ended: lists of imports are asked again. */
  finished: number;
  /** The line is away for now; the work goes on by itself. */
  trouble: AppError | null;
  error: AppError | null;
  busy: boolean;
}

interface ImportActions {
  chooseFile: (file: File) => Promise<void>;
  retryNow: () => void;
  cancel: () => Promise<void>;
  setCreditor: (creditor: string) => void;
  set: (patch: Partial<Pick<ImportState, 'dateFormat' | 'currency' | 'asOf' | 'saveMapping'>>) => void;
  /** Looks at the file again, for another creditor, content or sheet. */
  look: (patch?: Partial<Pick<ImportState, 'content' | 'sheet'>>) => Promise<void>;
  chooseColumn: (column: string, field: ImportField | null) => void;
  start: (dryRun: boolean) => Promise<void>;
  /** Asks the hub to end the job that runs. */
  stop: () => Promise<void>;
  /** Runs a job again that did not come to its end. */
  repeat: () => Promise<void>;
  backToColumns: () => void;
  showJob: (job: ImportJob) => void;
  reset: () => void;
}

function blank(): ImportState {
  return {
    stage: 'choose', file: null, fileId: null, receivedBytes: 0, preview: null, creditor: '', content: null, sheet: null, dateFormat: null, currency: 'EUR',
    asOf: dateOfInstant(systemClock.nowMs(), siteZone), saveMapping: true, choices: [], job: null, stopAsked: false, finished: 0, trouble: null, error: null, busy: false,
  };
}

/** Names the import in hand: an answer for an earlier one is dropped. */
let turn = 0;
let wake: (() => void) | null = null;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, milliseconds);
    function finish(): void {
      clearTimeout(timer);
      wake = null;
      resolve();
    }
    wake = finish;
  });
}

export const useImport = create<ImportState & ImportActions>((set, get) => ({
  ...blank(),
  chooseFile: async (file) => {
    turn += 1;
    const mine = turn;
    const { finished, creditor } = get();
    set({ ...blank(), finished, creditor, stage: 'uploading', file: { name: file.name, sizeBytes: file.size } });
    const begun = await command('begin-import-file', { fileName: file.name.slice(-255), sizeBytes: file.size });
    if (mine !== turn) return;
    if (!begun.ok) {
      set({ stage: 'choose', error: begun.error });
      return;
    }
    set({ fileId: begun.value.fileId });
    const sent = await uploadParts(file, begun.value, uploadPort(mine, set));
    if (mine !== turn || (sent.ok && sent.value === 'cancelled')) return;
    if (!sent.ok) {
      set({ stage: 'choose', error: sent.error });
      return;
    }
    await get().look();
  },
  retryNow: () => wake?.(),
  cancel: async () => {
    const { fileId, stage, job } = get();
    get().reset();
    if (fileId !== null && !(stage === 'running' || (job !== null && !job.dryRun))) await command('discard-import-file', { fileId });
  },
  setCreditor: (creditor) => { set({ creditor, error: null }); },
  set: (patch) => { set({ ...patch, error: null }); },
  look: async (patch = {}) => {
    set({ ...patch, busy: true, error: null });
    const mine = turn;
    const { fileId, creditor, content, sheet } = get();
    if (fileId === null) return;
    const looked = await query('preview-import', { fileId, creditor: creditor.trim() === '' ? null : creditor.trim(), content, sheet });
    if (mine !== turn) return;
    if (!looked.ok) {
      set({ busy: false, error: looked.error, stage: get().preview === null ? 'choose' : 'mapping' });
      return;
    }
    const preview = looked.value;
    set({
      busy: false, stage: 'mapping', preview, content: preview.content, sheet: preview.sheet, dateFormat: preview.dateFormat, currency: preview.currency,
      choices: takeSuggestions(preview, get().choices),
    });
  },
  chooseColumn: (column, field) => { set({ choices: chooseField(get().choices, column, field), error: null }); },
  start: async (dryRun) => {
    const { fileId, content, creditor, sheet, choices, dateFormat, currency, asOf, saveMapping } = get();
    if (fileId === null || content === null) return;
    set({ busy: true, error: null });
    const mine = turn;
    const started = await command('start-import', {
      fileId,
      request: { creditor: creditor.trim(), content, sheet, map: toMap(choices), dateFormat, currency: currency, asOf, dryRun, saveMapping },
    });
    if (mine !== turn) return;
    if (!started.ok) {
      set({ busy: false, error: started.error });
      return;
    }
    set({ busy: false, stage: 'running', job: started.value, stopAsked: false });
    await followJob(started.value.jobId, mine, set);
  },
  stop: async () => {
    const { job } = get();
    if (job === null) return;
    set({ stopAsked: true, error: null });
    const mine = turn;
    const asked = await command('cancel-import', { jobId: job.jobId });
    if (mine !== turn) return;
    if (asked.ok) wake?.();
    else set({ stopAsked: false, error: asked.error });
  },
  repeat: async () => {
    const { job } = get();
    if (job === null) return;
    set({ busy: true, error: null });
    const mine = turn;
    const started = await command('repeat-import', { jobId: job.jobId });
    if (mine !== turn) return;
    if (!started.ok) {
      set({ busy: false, error: started.error });
      return;
    }
    set({ busy: false, stage: 'running', job: started.value, stopAsked: false });
    await followJob(started.value.jobId, mine, set);
  },
  backToColumns: () => { set({ stage: 'mapping', job: null, error: null }); },
  showJob: (job) => {
    turn += 1;
    const mine = turn;
    const running = job.endedAt === null;
    set({ ...blank(), finished: get().finished, stage: running ? 'running' : 'report', job, file: null });
    if (running) void followJob(job.jobId, mine, set);
  },
  reset: () => {
    turn += 1;
    wake?.();
    set({ ...blank(), finished: get().finished + 1 });
  },
}));

type Set = (patch: Partial<ImportState> | ((state: ImportState) => Partial<ImportState>)) => void;

function uploadPort(mine: number, set: Set): Parameters<typeof uploadParts>[2] {
  return {
    send: (fileId, offset, bytes) => command('send-import-part', { fileId, offset, bytes: bytes as Uint8Array<ArrayBuffer> }),
    ask: (fileId) => query('show-import-file', { fileId }),
    pause: (attempt) => pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempt)),
    isCancelled: () => mine !== turn,
    onProgress: (receivedBytes: ImportFile['receivedBytes']) => {
      if (mine === turn) set({ receivedBytes });
    },
    onTrouble: (trouble) => {
      if (mine === turn) set({ trouble });
    },
  };
}

/** Asks how far it is until it has ended; a line that is away is waited for, for the hub works on. */
async function followJob(jobId: ImportJobId, mine: number, set: Set): Promise<void> {
  for (;;) {
    await pause(POLL_MS);
    if (mine !== turn) return;
    const asked = await query('show-import-job', { jobId });
    if (mine !== turn) return;
    if (!asked.ok) {
      if (!asked.error.retryable) {
        set({ stage: 'choose', error: asked.error });
        return;
      }
      set({ trouble: asked.error });
      continue;
    }
    const job = asked.value;
    set({ job, trouble: null });
    if (job.endedAt !== null) {
      set((state) => ({ stage: 'report', error: null, finished: state.finished + 1 }));
      return;
    }
  }
}
