import type { Nanos } from "../base/time.ts";
import type { Of } from "./stamp.ts";

/** What the tasks of a host do: their calls, their beginning and end, their signals, their descriptors. */
export interface CallEntered extends Of<"CallEntered"> {
  readonly task: number;
  readonly call: number;
  readonly name: string;
  readonly fd: number;
  readonly text: string;
  readonly data?: string;
  readonly place?: string;
}
export interface CallBlocked extends Of<"CallBlocked"> {
  readonly task: number;
  readonly call: number;
  readonly fd: number;
  readonly events: number;
  readonly reason: string;
}
export interface TaskWoken extends Of<"TaskWoken"> {
  readonly task: number;
  readonly call: number;
  readonly events: number;
}
export interface CallReturned extends Of<"CallReturned"> {
  readonly task: number;
  readonly call: number;
  readonly name: string;
  readonly fd: number;
  readonly result: number;
  readonly errno?: string;
  readonly text: string;
  readonly data?: string;
  readonly toKernel: number;
  readonly toUser: number;
}
export interface FunctionEntered extends Of<"FunctionEntered"> {
  readonly task: number;
  readonly function: number;
  readonly name: string;
  readonly text: string;
  readonly place?: string;
}
export interface FunctionReturned extends Of<"FunctionReturned"> {
  readonly task: number;
  readonly function: number;
  readonly name: string;
  readonly result: number;
  readonly text: string;
}
export interface TaskStarted extends Of<"TaskStarted"> {
  readonly task: number;
  readonly process: number;
  readonly pid: number;
  readonly by: number;
}
export interface TaskExited extends Of<"TaskExited"> {
  readonly task: number;
}
export interface ProcessExited extends Of<"ProcessExited"> {
  readonly task: number;
  readonly process: number;
  readonly status: number;
  readonly signal?: string;
}
export interface ProgramOutput extends Of<"ProgramOutput"> {
  readonly task: number;
  readonly stream: string;
  readonly text: string;
}
export interface ProgramFaulted extends Of<"ProgramFaulted"> {
  readonly task: number;
  readonly signal: string;
  readonly message: string;
  readonly place?: string;
}
export interface SignalGenerated extends Of<"SignalGenerated"> {
  readonly task: number;
  readonly signal: string;
  readonly by: number;
  readonly ignored: boolean;
}
/** Whether the program has not seen the call return: it has given way to a handler, and is made again after that. */
export const isMadeAgain = ({ errno }: CallReturned): boolean => errno === "ERESTARTSYS";

export interface SignalDelivered extends Of<"SignalDelivered"> {
  readonly task: number;
  readonly signal: string;
  readonly action: string;
  readonly call: number;
}
export interface RunQueueEntered extends Of<"RunQueueEntered"> {
  readonly task: number;
  readonly length: number;
}
export interface RunQueueLeft extends Of<"RunQueueLeft"> {
  readonly task: number;
  readonly length: number;
}
export interface CpuAcquired extends Of<"CpuAcquired"> {
  readonly task: number;
  readonly cpu: number;
  readonly waited: Nanos;
  readonly runQueue: number;
}
export interface CpuReleased extends Of<"CpuReleased"> {
  readonly task: number;
  readonly cpu: number;
  readonly ran: Nanos;
  readonly reason: string;
}
export interface FdOpened extends Of<"FdOpened"> {
  readonly task: number;
  readonly fd: number;
  readonly socket: number;
  readonly file: number;
  readonly object: string;
  readonly flags: string;
  readonly closeOnExec: boolean;
}
export interface FdFlagsSet extends Of<"FdFlagsSet"> {
  readonly task: number;
  readonly fd: number;
  readonly file: number;
  readonly flags: string;
  readonly closeOnExec: boolean;
}
export interface FdClosed extends Of<"FdClosed"> {
  readonly task: number;
  readonly fd: number;
  readonly socket: number;
}
export interface ReadinessScanned extends Of<"ReadinessScanned"> {
  readonly task: number;
  readonly call: number;
  readonly walked: number;
  readonly scanned: number;
  readonly ready: number;
  readonly looked?: readonly Looked[];
  readonly leftOut: number;
}
/** What one descriptor was asked for, and what there was of it. */
export interface Looked {
  readonly fd: number;
  readonly asked: number;
  readonly found: number;
}
export interface InterestChanged extends Of<"InterestChanged"> {
  readonly epoll: number;
  readonly fd: number;
  readonly file: number;
  readonly change: string;
  readonly events: number;
  readonly data: number;
}
export interface Watched {
  readonly fd: number;
  readonly file: number;
}
export interface ReadyListChanged extends Of<"ReadyListChanged"> {
  readonly epoll: number;
  readonly ready?: readonly Watched[];
  readonly leftOut: number;
}
export interface KnoteChanged extends Of<"KnoteChanged"> {
  readonly kqueue: number;
  readonly ident: number;
  readonly filter: string;
  readonly flags: string;
  readonly fflags: string;
  readonly data: number;
  readonly state: string;
}

export type CallEvent =
  | CallEntered
  | CallBlocked
  | TaskWoken
  | CallReturned
  | FunctionEntered
  | FunctionReturned
  | TaskStarted
  | TaskExited
  | ProcessExited
  | ProgramOutput
  | ProgramFaulted
  | SignalGenerated
  | SignalDelivered
  | RunQueueEntered
  | RunQueueLeft
  | CpuAcquired
  | CpuReleased
  | FdOpened
  | FdFlagsSet
  | FdClosed
  | ReadinessScanned
  | InterestChanged
  | ReadyListChanged
  | KnoteChanged;
