import { html, type TemplateResult } from "lit";
import type { Surroundings } from "./completion.ts";

/** A call that is often made next, as a line that can be changed before it is sent. */
export interface UsualCall {
  readonly name: string;
  readonly line: string;
}

const PORT = 5000;
const MOST = 6;

/** What a program usually does next with what it has; the latest descriptor first, then what listens. */
export function usualCalls(host: string, { hosts, fds }: Surroundings): readonly UsualCall[] {
  const other = hosts.find((name) => name === "server" && name !== host) ?? hosts.find((name) => name !== host) ?? host;
  const [latest, ...others] = [...fds].reverse();
  const listeners = others.filter(({ detail }) => detail === "LISTEN");
  const inTurn = [...(latest ? [latest] : []), ...listeners, ...others.filter(({ detail }) => detail !== "LISTEN")];
  const next = inTurn.flatMap(({ fd, detail }) => callsFor(fd, detail, other, fds.length > 1));
  const made = next.length === 0 ? sockets() : [...next, ...sockets().slice(0, 1)];
  return made.filter(({ line }, at) => made.findIndex((call) => call.line === line) === at).slice(0, MOST);
}

function sockets(): UsualCall[] {
  return [
    { name: "socket: TCP", line: "socket(AF_INET, SOCK_STREAM, 0)" },
    { name: "socket: UDP", line: "socket(AF_INET, SOCK_DGRAM, 0)" },
  ];
}

/** By the state of a connection, or the protocol of what has none. Of several descriptors, each name says of which it is. */
function callsFor(fd: number, detail: string, other: string, several: boolean): UsualCall[] {
  const call = (name: string, rest = ""): UsualCall => ({
    name: several ? `${name}(${fd})` : name,
    line: `${name}(${fd}${rest})`,
  });
  switch (detail) {
    case "CLOSED":
      return [call("bind", `, *:${PORT}`), call("listen", ", 5"), call("connect", `, ${other}:${PORT}`), call("close")];
    case "LISTEN":
      return [call("accept"), call("close")];
    case "SYN_SENT":
    case "SYN_RECEIVED":
      return [call("close")];
    case "ESTABLISHED":
    case "CLOSE_WAIT":
      return [call("send", ', "hello", 5, 0'), call("recv", ", 100, 0"), call("shutdown", ", SHUT_WR"), call("close")];
    case "FIN_WAIT_1":
    case "FIN_WAIT_2":
      return [call("recv", ", 100, 0"), call("close")];
    case "UDP":
      return [
        call("bind", `, *:${PORT}`),
        call("sendto", `, "hello", 5, 0, ${other}:${PORT}`),
        call("recvfrom", ", 100, 0"),
        call("close"),
      ];
    default:
      return [call("close")];
  }
}

/** Each writes its line, and leaves it to be changed and sent. */
export function usualCallsView(calls: readonly UsualCall[], propose: (line: string) => void): TemplateResult {
  return html`<div class="usual-calls" role="group" aria-label="Usual calls">${calls.map(
    ({ name, line }) => html`<button type="button" title=${line} @click=${() => propose(line)}>${name}</button>`,
  )}</div>`;
}
