import type { BenchBoot } from "./bench-boot.ts";

/** Of a branch, as the server takes it. */
const LONGEST_NAME = 80;

/** Goes to a fork of the run that is shown, made at an event, in which a line has been put in. */
export function fork({ run, csrf }: Pick<BenchBoot, "run" | "csrf">, event: number, line: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `/runs/${run}/forks`;
  const fields = {
    event: String(event),
    name: line.slice(0, LONGEST_NAME),
    line,
    ...(csrf ? { [csrf.name]: csrf.value } : {}),
  };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
