/**
 * A real desk in a Node process of its own: the same entry that Electron's utilityProcess
 * runs, driven by the same contract. Ends by the pid it was started with.
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandInput, CommandName, CommandOutput, QueryInput, QueryName, QueryOutput, TopicPayload } from '../../shared/contract/contract.ts';
import type { DeskConfig } from '../../shared/contract/host-protocol.ts';
import type { DeskToMainTelephone, MainToDeskTelephone } from '../../shared/contract/telephone-host-protocol.ts';
import type { PrintPage } from '../../shared/documents/print-page.ts';
import type { CommandId } from '../../shared/id.ts';
import { newId } from '../../shared/id.ts';
import type { Result } from '../../shared/result.ts';

const deskEntry = fileURLToPath(new URL('../../electron/desk/main.ts', import.meta.url));

type Changed = TopicPayload<'changed'>;

/** Stands where main lends the OS keychain; by default there is none. */
export type KeychainOperation = (operation: 'wrap' | 'unwrap' | 'status', value: string | undefined) => string | null;

/** The desk ended before it answered. */
export class DeskGone extends Error {}

export class DeskProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Set<(changed: Changed) => void>();
  readonly #gone: Promise<void>;
  #nextId = 1;
  /** The exit is known before the channel closes; a request in between would wait for ever. */
  #ended = false;
  stderr = '';
  /** What a desk hands to main, so that the next one is signed in. */
  resumeTicket: string | null = null;
  /** The pages that it had printed, in order; what a reader finds in each "PDF" is the body of its page, for there is no browser engine here. */
  readonly printed: PrintPage[] = [];
  /** What it says to the softphone in main, in order. */
  readonly toSoftphone: DeskToMainTelephone[] = [];
  readonly #softphoneListeners = new Set<() => void>();

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    child.on('message', (raw: { page?: { id?: number; result?: unknown; topic?: string; payload?: Changed } }) => this.#receive(raw));
    const drained = new Promise<void>((resolve) => { child.once('disconnect', resolve); });
    this.#gone = once(child, 'exit').then(async () => {
      this.#ended = true;
      // What it said before it fell is still in the channel: an acknowledgement that was sent is one that was given.
      await drained;
      await new Promise((resolve) => setImmediate(resolve));
      for (const { reject } of this.#waiting.values()) reject(new DeskGone(`the desk ended${this.stderr === '' ? '' : `: ${this.stderr}`}`));
      this.#waiting.clear();
    });
  }

  static async start(
    config: Partial<DeskConfig> & Pick<DeskConfig, 'profileDir' | 'hubUrl'>,
    env: NodeJS.ProcessEnv = {},
    entry = deskEntry,
    keychain: KeychainOperation = () => null,
    resume: string | null = null,
  ): Promise<DeskProcess> {
    const child = fork(entry, { stdio: ['ignore', 'inherit', 'pipe', 'ipc'], env: { ...process.env, ...env }, serialization: 'advanced' });
    const desk = new DeskProcess(child);
    child.on('message', (raw: { type?: string; requestId?: string; operation?: 'wrap' | 'unwrap' | 'status'; value?: string }) => {
      if (raw.type !== 'keychain-request' || raw.operation === undefined) return;
      const value = keychain(raw.operation, raw.value);
      child.send({ type: 'keychain-reply', requestId: raw.requestId, ok: value !== null, ...(value === null ? {} : { value }) });
    });
    child.on('message', (raw: { type?: string; resume?: string | null }) => {
      if (raw.type === 'session') desk.resumeTicket = raw.resume ?? null;
    });
    child.on('message', (raw: { type?: string; requestId?: string; page?: PrintPage }) => {
      if (raw.type !== 'print-request' || raw.page === undefined) return;
      desk.printed.push(raw.page);
      child.send({ type: 'print-reply', requestId: raw.requestId, pdf: Buffer.from(raw.page.bodyHtml) });
    });
    child.on('message', (raw: { type?: string }) => {
      if (raw.type?.startsWith('telephone-') !== true) return;
      desk.toSoftphone.push(raw as DeskToMainTelephone);
      for (const listener of [...desk.#softphoneListeners]) listener();
    });
    const ready = new Promise<void>((resolve) => {
      child.on('message', (raw: { type?: string }) => { if (raw.type === 'ready') resolve(); });
    });
    child.send({
      type: 'start',
      resume,
      config: { hubKey: config.hubUrl, demo: false, practiceLine: false, testRuntime: false, siteZone: 'Europe/Rome', locale: 'it', downloadsDir: `${config.profileDir}/downloads`, ...config } satisfies DeskConfig,
    });
    await Promise.race([ready, desk.#gone.then(() => { throw new DeskGone(desk.stderr); })]);
    return desk;
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('the desk has no pid');
    return pid;
  }

  query<Name extends QueryName>(name: Name, input: QueryInput<Name>): Promise<Result<QueryOutput<Name>>> {
    return this.#request('query', name, input) as Promise<Result<QueryOutput<Name>>>;
  }

  command<Name extends CommandName>(name: Name, input: Omit<CommandInput<Name>, 'commandId'>, commandId: CommandId = newId<CommandId>()): Promise<Result<CommandOutput<Name>>> {
    return this.#request('command', name, { ...input, commandId }) as Promise<Result<CommandOutput<Name>>>;
  }

  /** Stands where main tells of the softphone. */
  tellAsSoftphone(message: MainToDeskTelephone): void {
    this.#child.send(message);
  }

  /** Waits until the desk has said to the softphone what satisfies. */
  async untilSaid(accepts: (said: readonly DeskToMainTelephone[]) => boolean): Promise<void> {
    while (!accepts(this.toSoftphone)) {
      const said = new Promise<'said'>((resolve) => {
        const listener = (): void => {
          this.#softphoneListeners.delete(listener);
          resolve('said');
        };
        this.#softphoneListeners.add(listener);
      });
      if ((await Promise.race([said, this.#gone.then(() => 'gone' as const)])) === 'gone') throw new DeskGone(`the desk ended${this.stderr === '' ? '' : `: ${this.stderr}`}`);
    }
  }

  /** Sends what it is given, contract or not. */
  raw(request: { kind: string; name: string; input: unknown }): Promise<unknown> {
    return this.#request(request.kind, request.name, request.input);
  }

  /** Asks again after every change until the answer satisfies; waits on events only. */
  async until<Name extends QueryName>(name: Name, input: QueryInput<Name>, accepts: (value: QueryOutput<Name>) => boolean): Promise<QueryOutput<Name>> {
    for (;;) {
      const changed = this.#nextChange();
      const result = await this.query(name, input);
      if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
      if (accepts(result.value)) return result.value;
      if ((await changed) === 'gone') throw new DeskGone(`the desk ended${this.stderr === '' ? '' : `: ${this.stderr}`}`);
    }
  }

  /** Everything that it tells the page has changed, from now on, one by one. */
  onChanged(listener: (changed: Changed) => void): void {
    this.#listeners.add(listener);
  }

  /** kill -9, nothing gets a chance to tidy up. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.send({ type: 'shutdown' });
    await this.#gone;
  }

  /** Never rejects: a caller that has its answer already lets go of it. */
  #nextChange(): Promise<'changed' | 'gone'> {
    return new Promise((resolve) => {
      const listener = (): void => {
        this.#listeners.delete(listener);
        resolve('changed');
      };
      this.#listeners.add(listener);
      void this.#gone.then(() => resolve('gone'));
    });
  }

  #request(kind: string, name: string, input: unknown): Promise<unknown> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#ended || !this.#child.connected) {
        reject(new DeskGone('the desk is not running'));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ page: { id, kind, name, input } }, (error) => {
        if (error !== null) this.#waiting.get(id)?.reject(new DeskGone(error.message));
      });
    });
  }

  #receive(raw: { page?: { id?: number; result?: unknown; topic?: string; payload?: Changed } }): void {
    const { page } = raw;
    if (page?.id !== undefined) {
      this.#waiting.get(page.id)?.resolve(page.result);
      this.#waiting.delete(page.id);
    } else if (page?.topic === 'changed' && page.payload !== undefined) {
      for (const listener of [...this.#listeners]) listener(page.payload);
    }
  }
}
