import type { TemplateResult } from "lit";
import type { Wait } from "../trace/waits.ts";
import { type WaitModel, waitingView } from "../views/waiting.ts";
import { epollLists, fileOf } from "../views/waiting-layout.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";
import type { Recording } from "./recording.ts";

/** What waits for several descriptors look at: select, poll, epoll, kqueue. */
export class WaitingTab implements Tab {
  readonly id = "waiting";
  readonly name = "Waiting";
  readonly title = "What select, poll, epoll and kqueue look at, find and cost";

  view({ recording }: TabBench): TemplateResult {
    return waitingView({
      waits: recording.waits.at(recording.cursor).map((wait) => atCursor(wait, recording)),
      totals: recording.waits.totals(),
    });
  }
}

function atCursor(wait: Wait, { waits, cursor, state }: Recording): WaitModel {
  const { entered, mechanism } = wait;
  const host = state.hosts.get(entered.host);
  const running = host?.tasks.get(entered.task)?.call;
  const fd = entered.fd;
  return {
    wait,
    scans: wait.scans.filter(({ seq }) => seq <= cursor),
    sleeping: running?.number === entered.call ? (running.waiting?.since ?? null) : null,
    now: state.now,
    returned: (wait.returned?.seq ?? Number.POSITIVE_INFINITY) <= cursor,
    epoll: host && mechanism.startsWith("epoll") ? epollLists(host, entered.task, fd) : null,
    kqueue: (mechanism === "kevent" && host?.kqueues.get(fileOf(host, entered.task, fd))) || null,
    earlier: waits.beside(wait, -1)?.entered.seq ?? null,
    later: waits.beside(wait, 1)?.entered.seq ?? null,
  };
}
