import { inputArgument, LONGEST_INPUT } from "./standard-input.ts";

/** What the program of each host is started with. */
export class ProgramStarts {
  readonly #arguments = new Map<string, string>();
  readonly #inputs = new Map<string, string>();

  arguments(host: string): string {
    return this.#arguments.get(host) ?? "";
  }

  setArguments(host: string, text: string): void {
    this.#arguments.set(host, text);
  }

  /** What it finds on its standard input. */
  input(host: string): string {
    return this.#inputs.get(host) ?? "";
  }

  setInput(host: string, text: string): void {
    this.#inputs.set(host, text);
  }

  /** Why it cannot be started; empty if it can. */
  problem(host: string): string {
    const tooLong = inputArgument(this.input(host)).length > LONGEST_INPUT;
    return tooLong ? "The input is too long: a line of the run's log has no room for it." : "";
  }

  /** The line of input that starts it, by the name that it has there. */
  line(host: string, name: string): string {
    return `exec ${host} ${name} ${this.arguments(host)}`.trim() + inputArgument(this.input(host));
  }
}
