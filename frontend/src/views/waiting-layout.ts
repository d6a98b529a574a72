import type { Looked } from "../trace/events.ts";
import type { HostState } from "../trace/state.ts";
import type { Wait } from "../trace/waits.ts";
import { epollMaskText, eventMaskText } from "../trace/wire-names.ts";

const IN = 0x001;
const PRI = 0x002;
const OUT = 0x004;
const ERROR_OR_HANGUP = 0x018;

/** A column of select's bit sets: a descriptor below nfds. */
export interface BitColumn {
  readonly fd: number;
  /** For reading, writing, exceptional: whether its bit was set, and whether it was found ready. */
  readonly bits: readonly { readonly asked: boolean; readonly found: boolean }[];
}

export interface BitSets {
  readonly columns: readonly BitColumn[];
  /** Bits that were gone through and are not shown. */
  readonly more: number;
}

const MOST_COLUMNS = 32;
const SETS = [IN, OUT, PRI] as const;

/** The three sets as the last look found them: every bit below nfds is gone through, asked for or not. */
export function bitSets(looked: readonly Looked[], walked: number): BitSets {
  const asked = new Map(looked.map((entry) => [entry.fd, entry]));
  const fds = walked <= MOST_COLUMNS ? Array.from({ length: walked }, (_, fd) => fd) : [...asked.keys()];
  const columns = fds.slice(0, MOST_COLUMNS).map((fd) => {
    const entry = asked.get(fd);
    return {
      fd,
      bits: SETS.map((bit) => ({
        asked: ((entry?.asked ?? 0) & bit) !== 0,
        found: entry !== undefined && (entry.asked & bit) !== 0 && (entry.found & (bit | selectAlso(bit))) !== 0,
      })),
    };
  });
  return { columns, more: walked - columns.length };
}

/** POLLIN_SET has hanging up and errors, POLLOUT_SET errors: fs/select.c. */
function selectAlso(bit: number): number {
  if (bit === IN) return ERROR_OR_HANGUP;
  return bit === OUT ? 0x008 : 0;
}

/** An entry of poll's array, or of what epoll_wait took off the ready list. */
export interface LookedRow {
  readonly place: number;
  readonly fd: number;
  readonly asked: string;
  readonly found: string;
  readonly ready: boolean;
  /** poll(2) passes over a negative descriptor. */
  readonly passed: boolean;
}

export function lookedRows(looked: readonly Looked[], mechanism: Wait["mechanism"]): LookedRow[] {
  return looked.map(({ fd, asked, found }, place) => ({
    place,
    fd,
    asked: asks(asked, mechanism),
    found: mechanism === "kevent" ? (found ? "told" : "nothing to tell") : eventMaskText(found),
    ready: found !== 0,
    passed: fd < 0,
  }));
}

function asks(asked: number, mechanism: Wait["mechanism"]): string {
  if (mechanism === "kevent") return FILTERS[asked] ?? String(asked);
  return mechanism.startsWith("epoll") ? epollMaskText(asked) : eventMaskText(asked);
}

const FILTERS: Readonly<Record<number, string>> = {
  [-1]: "EVFILT_READ",
  [-2]: "EVFILT_WRITE",
  [-7]: "EVFILT_TIMER",
  [-11]: "EVFILT_USER",
};

/** An epoll instance with its lists: which open file, and what calls it by which number. */
export interface EpollLists {
  readonly number: number;
  readonly interests: readonly {
    readonly fd: number;
    readonly events: string;
    readonly data: number;
    readonly place: number;
  }[];
  readonly ready: readonly number[];
  readonly more: number;
}

/** The lists of the epoll instance that descriptor `fd` of a task refers to. */
export function epollLists(host: HostState, task: number, fd: number): EpollLists | null {
  const number = fileOf(host, task, fd);
  const epoll = host.epolls.get(number);
  if (!epoll) return null;
  const place = (fd: number, file: number) => epoll.ready.findIndex((entry) => entry.fd === fd && entry.file === file);
  return {
    number,
    interests: epoll.interests.map(({ fd, file, events, data, disarmed }) => ({
      fd,
      events: disarmed ? "disarmed (EPOLLONESHOT)" : epollMaskText(events),
      data,
      place: place(fd, file),
    })),
    ready: epoll.ready.map(({ fd }) => fd),
    more: epoll.more,
  };
}

/** The open file that a descriptor refers to; 0 for none. */
export function fileOf(host: HostState, task: number, fd: number): number {
  const process = host.tasks.get(task)?.process ?? 1;
  const fds = process === 1 ? host.fds : host.forks.get(process);
  return fds?.get(fd)?.file ?? 0;
}
