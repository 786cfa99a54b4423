import { createInterface, type Interface } from 'node:readline/promises';

/** Asks a person at a terminal, or reads the answers from a pipe, one a line. */
export class Asker {
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;
  #isAtEnd = false;

  constructor() {
    // On standard error, so that standard output holds only what was asked for.
    this.#lines = createInterface({
      input: process.stdin,
      output: process.stderr,
      terminal: process.stdin.isTTY,
    });
    // Lines of a pipe come faster than the questions: the iterator keeps them.
    this.#lines.once('close', () => (this.#isAtEnd = true));
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  /** @returns the answer without blanks around it; undefined when there are no more */
  async ask(question: string): Promise<string | undefined> {
    if (this.#isAtEnd) process.stderr.write(question);
    else {
      this.#lines.setPrompt(question);
      this.#lines.prompt();
    }
    const { value, done } = await this.#answers.next();
    return done ? undefined : value.trim();
  }

  close(): void {
    this.#lines.close();
  }
}
