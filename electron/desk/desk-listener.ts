/** What a desk tells its host, and what the host lends to it. */
import type { TopicPayload } from '../../shared/contract/contract.ts';
import type { DeskToMainTelephone } from '../../shared/contract/telephone-host-protocol.ts';
import type { Printer } from './printing/printer.ts';

export type Changed = TopicPayload<'changed'>;

export interface DeskListener {
  /** Something committed; pages ask again for what they show. */
  onChanged: (changed: Changed) => void;
  /** How the next desk may go on with this session; null when there is none. */
  onSession: (ticket: string | null) => void;
  /** To the softphone, in main. */
  onTelephone: (message: DeskToMainTelephone) => void;
  /** The engine that makes PDFs. */
  printer: Printer;
}
