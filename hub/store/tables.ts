/**
 * The tables of a hub, as Kysely sees them. One hub database = one tenant (agency), so no row names a tenant.
 *
 * Invariants: ids are text (UUIDv7), instants are UTC milliseconds, plain dates are `YYYY-MM-DD` text, money is
 * integer cents, booleans are 0 or 1 and JSON is text: the same on SQLite and PostgreSQL, so that every query
 * is written once.
 */
import type { Generated, Kysely } from 'kysely';
import type { DebtorKind, Tone } from '../../shared/case/case-entity.ts';
import type {
  AttachmentId, CaseId, CreditorId, CustomerId, DeviceId, FactId, FlagId, ImportFileId, ImportJobId, InvoiceId, PaymentId, UserId,
} from '../../shared/id.ts';
import type { ImportContent } from '../../shared/protocol/import-columns.ts';
import type { ImportJobState } from '../../shared/protocol/import-protocol.ts';
import type { certificateLevels } from '../../shared/protocol/conduct-protocol.ts';
import type { FlagCode } from '../../shared/protocol/feed-protocol.ts';
import type { Role } from '../../shared/protocol/session-protocol.ts';
import type { PlainDate } from '../../shared/time.ts';
import type { InboundTables } from './inbound-tables.ts';
import type { MailOutboxTable, MailSendersTable } from './mail-tables.ts';
import type { TelephoneAccountsTable, TelephoneCallerIdsTable, TelephoneExchangeTable } from './telephone-tables.ts';

/** JSON kept as text; whoever writes it has parsed it. */
export type JsonText = string;
export type Flag01 = 0 | 1;

export interface MetaTable { key: string; value: string }

export interface UsersTable {
  user_id: UserId;
  username: string;
  display_name: string;
  role: Role;
  /** `scrypt$N$r$p$salt$hash`: the parameters travel with the hash, so they can be raised later. */
  password_hash: string;
  /** 256 bits, hexadecimal, per person. */
  recovery_key: string;
  created_at: number;
}

export interface SessionsTable {
  session_id: string;
  user_id: UserId;
  /** SHA-256 of the token: a read of this table signs nobody in. */
  access_hash: string;
  access_expires_at: number;
  refresh_hash: string;
  refresh_expires_at: number;
  /** The refresh token before the last rotation: good for a short while, because an answer can be lost. */
  previous_refresh_hash: string | null;
  rotated_at: number;
}

export interface SignInFailuresTable { username_hash: string; failed_at: number }

export interface CreditorsTable { creditor_id: CreditorId; name: string }

/** A person or firm; what a creditor says about it stands in its case. */
export interface CustomersTable { customer_id: CustomerId; tax_code: string | null }

export interface CasesTable {
  case_id: CaseId;
  customer_id: CustomerId;
  creditor_id: CreditorId;
  customer_code: string;
  name: string;
  kind: DebtorKind;
  language: string | null;
  tax_code: string | null;
  email: string | null;
  address: string | null;
  sales_agent: string | null;
  iban_tail: Generated<string | null>;
  numbers: JsonText;
  /** Parties and further addresses that files named. */
  parties: Generated<JsonText>;
  addresses: Generated<JsonText>;
  recovery_approved_on: PlainDate | null;
  /** Raised before the case is read for a rebuild: takes the row's lock on PostgreSQL. */
  version: number;
  /** 1 from the moment an import changes it until its entity was rebuilt; a crash between the two is healed. */
  needs_publish: Flag01;
}

export interface InvoicesTable {
  invoice_id: InvoiceId;
  case_id: CaseId;
  number: string;
  issue_date: PlainDate;
  due_date: PlainDate;
  amount_cents: number;
  residual_cents: number;
  currency: string;
  document_type: string | null;
  settled_on: PlainDate | null;
  disputed_in_file: Flag01;
  /** 0 when it was issued after the day as of which its file was read: kept, and not shown yet. */
  issued: Flag01;
  /** Day of the first file that held this open invoice no longer; null while the last file has it. */
  missing_since: Generated<PlainDate | null>;
}

/** A file on its way up or whole; its bytes are `imports/<file_id>` in the data folder, and their count is how far it is. */
export interface ImportFilesTable { file_id: ImportFileId; file_name: string; size_bytes: number; expires_at: number }

/** By name, not id: a mapping may be saved before the creditor's first row is. */
export interface ImportMappingsTable { creditor_name: string; content: ImportContent; body: JsonText }

export interface ImportJobsTable {
  job_id: ImportJobId;
  file_id: ImportFileId;
  file_name: string;
  creditor_name: string;
  content: ImportContent;
  dry_run: Flag01;
  as_of: PlainDate;
  request: JsonText;
  state: ImportJobState;
  started_at: number;
  ended_at: number | null;
  /** Raised every few seconds by the process that runs it: a job that is not alive any more has failed. */
  alive_at: number;
  progress: JsonText;
  report: JsonText | null;
  error: JsonText | null;
  /** Name of the CSV in the rejects folder. */
  rejects_file: string | null;
}

/** Exclusive and per person: all cases of one customer go to one operator. */
export interface AssignmentsTable {
  customer_id: CustomerId;
  owner_id: UserId;
  assigned_at: number;
  /** Not null: on the way from this person to `owner_id`; nobody may see the cases (ADR 0014). */
  taken_from: UserId | null;
  /** When it arrives at the latest: the leases of the one it is taken from have ended. */
  release_at: number | null;
}

/** Until when a desk of this person may work what it holds. `device_id` is empty for desks that do not name themselves. */
export interface DeskLeasesTable { user_id: UserId; device_id: DeviceId | ''; lease_until: number }

/** The desks that may still hold a customer who is on the way; each goes when it acknowledges the `remove`. */
export interface TransitHoldersTable { customer_id: CustomerId; device_id: DeviceId | '' }

export interface DevicesTable { device_id: DeviceId; user_id: UserId; last_seq: number; last_hash: string | null }

/** The links of the chains; never changed, never deleted. */
export interface FactsTable {
  device_id: DeviceId;
  seq: number;
  fact_id: FactId;
  hash: string;
  header: JsonText;
  received_at: number;
}

/** Salt and body by fact id: one effect per fact, however many links name it. Null once erased. */
export interface FactContentTable {
  fact_id: FactId;
  device_id: DeviceId;
  seq: number;
  case_id: CaseId | null;
  customer_id: CustomerId | null;
  body_hash: string;
  salt: string | null;
  body: JsonText | null;
  /** 1: a decision by somebody who may not take it; kept and flagged, and no case counts it (ADR 0015). */
  without_effect: Generated<Flag01>;
}

/**
 * A case as lists and search need it, written whenever the case is published. Nothing here depends on "now": whoever
 * reads compares with the day and the moment; `recheck_on` says after which day it must be written anew.
 */
export interface CaseOverviewTable {
  case_id: CaseId;
  creditor_id: CreditorId;
  /** Lower case, without accents: name, code, tax code, invoice numbers, digits of telephone numbers. */
  search_text: string;
  currency: string;
  open_cents: number;
  is_open: Flag01;
  recovery: Flag01;
  /** After this day the case is overdue; null = it never will be. */
  overdue_from: PlainDate | null;
  /** Null while somebody must answer first. */
  available_from: number | null;
  worked_at: number | null;
  talked_at: number | null;
  promise_cents: number | null;
  agreed_until: PlainDate | null;
  callback_at: number | null;
  disputed: Flag01;
  /** Suspended up to and with this day; `9999-12-31` = for good. */
  stopped_until: PlainDate | null;
  /** A lead decides. */
  waiting: Flag01;
  recheck_on: PlainDate | null;
  /** The callback for which the customer was handed to the team. */
  handed_callback_at: number | null;
}

/** Every conduct that was ever published for a creditor; the highest version is in force. `published_by` null = the command line. */
export interface ConductsTable { creditor_id: CreditorId; version: number; body: JsonText; published_at: number; published_by: UserId | null }

/** Every calendar of the agency that was ever published; the highest version is in force. */
export interface CalendarsTable { version: number; body: JsonText; published_at: number; published_by: UserId | null }

/** Every published script; at most one version of a pack is in force. */
export interface ScriptsTable {
  pack_id: string;
  pack_version: string;
  pack: JsonText;
  published_at: number;
  published_by: UserId | null;
  is_in_force: Flag01;
  /** Replaced or withdrawn. */
  ended_at: number | null;
}

/** Who was certified for which tone, as it was set at each time; `level` null = withdrawn. The highest version holds now. */
export interface CertificatesTable {
  user_id: UserId;
  tone: Tone;
  version: number;
  level: (typeof certificateLevels)[number] | null;
  since: PlainDate | null;
  until: PlainDate | null;
  set_at: number;
  set_by: UserId | null;
}

/** The flags of conduct that stand on a fact: looked at again with every fact that may change them. */
export interface ConductFlagsTable { fact_id: FactId; code: FlagCode; flag_id: FlagId; case_id: CaseId }

/** A row = the whole file is in the blob folder, durable, with this very SHA-256. No row, no file. */
export interface AttachmentsTable { fact_id: FactId; attachment_id: AttachmentId; size_bytes: number; sha256: string; stored_at: number }

/** Persons who were erased, by an id that leads nowhere any more; a case of theirs never comes back under its id. */
export interface ErasuresTable { customer_id: CustomerId; at: number; reason: string }
export interface ErasedCasesTable { case_id: CaseId; customer_id: CustomerId }

export interface EntitiesTable { kind: string; id: string; body: JsonText; audiences: JsonText }

/** Append-only. `revision` is null until the sequencer has numbered the row. */
export interface FeedLogTable {
  id: Generated<number>;
  revision: number | null;
  tag: string;
  audience: string;
  op: 'upsert' | 'remove';
  kind: string;
  entity_id: string;
  at: number;
}

/** A line of a paid list that was matched to a case. */
export interface PaymentsTable { payment_id: PaymentId; case_id: CaseId; creditor_id: CreditorId; line_key: string; job_id: ImportJobId | null; body: JsonText }

export interface HubTables extends InboundTables {
  meta: MetaTable;
  users: UsersTable;
  sessions: SessionsTable;
  sign_in_failures: SignInFailuresTable;
  creditors: CreditorsTable;
  customers: CustomersTable;
  cases: CasesTable;
  invoices: InvoicesTable;
  import_files: ImportFilesTable;
  import_mappings: ImportMappingsTable;
  import_jobs: ImportJobsTable;
  assignments: AssignmentsTable;
  desk_leases: DeskLeasesTable;
  transit_holders: TransitHoldersTable;
  devices: DevicesTable;
  facts: FactsTable;
  fact_content: FactContentTable;
  case_overview: CaseOverviewTable;
  conducts: ConductsTable;
  calendars: CalendarsTable;
  scripts: ScriptsTable;
  certificates: CertificatesTable;
  conduct_flags: ConductFlagsTable;
  payments: PaymentsTable;
  telephone_exchange: TelephoneExchangeTable;
  telephone_accounts: TelephoneAccountsTable;
  telephone_caller_ids: TelephoneCallerIdsTable;
  mail_senders: MailSendersTable;
  mail_outbox: MailOutboxTable;
  attachments: AttachmentsTable;
  erasures: ErasuresTable;
  erased_cases: ErasedCasesTable;
  entities: EntitiesTable;
  feed_log: FeedLogTable;
}

/** A handle inside a transaction, on either database. */
export type Tx = Kysely<HubTables>;
