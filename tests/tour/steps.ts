/**
 * The steps of the tour: a name, a picture, an assertion on the screen each. The first step
 * that fails ends the tour, with a picture of what was there instead.
 */
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { addDays, dateOfInstant, dayOfWeek, systemClock } from '../../shared/time.ts';

const LONGEST_WAIT_MS = 30_000;

export interface Step {
  step: number;
  name: string;
  passed: boolean;
  /** What was asserted. */
  asserted: string[];
  picture: string;
}

export class Steps {
  readonly list: Step[] = [];
  failed = false;
  #page: Page;
  readonly #outDirectory: string;
  readonly #say: (line: string) => void;
  #asserted: string[] = [];
  #name = 'start';

  constructor(page: Page, outDirectory: string, say: (line: string) => void) {
    this.#page = page;
    this.#outDirectory = outDirectory;
    this.#say = say;
    page.setDefaultTimeout(LONGEST_WAIT_MS);
  }

  /** From here on the pictures are of another window. */
  lookAt(page: Page): void {
    this.#page = page;
    page.setDefaultTimeout(LONGEST_WAIT_MS);
  }

  async run(name: string, work: () => Promise<void>): Promise<void> {
    this.#name = name;
    this.#asserted = [];
    await work();
    if (this.#asserted.length === 0) throw new Error(`the step ${name} asserts nothing`);
    await this.#record(true);
    this.note(`✓ ${name}`);
  }

  async fail(error: unknown): Promise<void> {
    this.failed = true;
    this.note(`✗ ${this.#name}: ${error instanceof Error ? error.message : String(error)}`);
    await this.#record(false);
  }

  note(line: string): void {
    this.#say(line);
  }

  /** Waits until the element's text contains `text`. */
  async expectText(locator: Locator, text: string): Promise<void> {
    await locator.filter({ hasText: text }).first().waitFor({ timeout: LONGEST_WAIT_MS });
    this.#asserted.push(text);
  }

  async expectNoText(locator: Locator, text: string): Promise<void> {
    const shown = await locator.first().innerText();
    if (shown.includes(text)) throw new Error(`«${text}» must not stand here`);
    this.#asserted.push(`no «${text}»`);
  }

  /** Ten o'clock of the next working day, as typed: any day but Sunday, from tomorrow on. */
  nextWorkingMoment(): string {
    let day = addDays(dateOfInstant(systemClock.nowMs(), 'Europe/Rome'), 1);
    while (dayOfWeek(day) === 7) day = addDays(day, 1);
    return `${day} 10:00`;
  }

  async #record(passed: boolean): Promise<void> {
    const number = this.list.length + 1;
    const picture = join(this.#outDirectory, `${String(number).padStart(2, '0')}-${this.#name}.png`);
    await this.#page.screenshot({ path: picture });
    this.list.push({ step: number, name: this.#name, passed, asserted: this.#asserted, picture });
  }
}
