import type { Nanos } from "../base/time.ts";
import type { Of } from "./stamp.ts";

/** What somebody did to the network. */
export interface FaultInjected extends Of<"FaultInjected"> {
  readonly fault: string;
  readonly packet: number;
  readonly call: number;
  readonly how: string;
}
export interface LinkChanged extends Of<"LinkChanged"> {
  readonly link: string;
  readonly to: string;
  readonly delay: Nanos;
  readonly rate: number;
  readonly queue: number;
  /** Of a million packets. */
  readonly loss: number;
  readonly jitter: Nanos;
  readonly cut: boolean;
}
export type HostCrashed = Of<"HostCrashed">;
export type HostBooted = Of<"HostBooted">;
export interface HostStalled extends Of<"HostStalled"> {
  readonly until: Nanos;
}

export type FaultEvent = FaultInjected | LinkChanged | HostCrashed | HostBooted | HostStalled;

/** The number of the copy that somebody made of a packet; null where none was made. */
export function copyMade({ fault, how }: FaultInjected): number | null {
  const copy = fault === "duplicate" ? /^packet (\d+)$/.exec(how)?.[1] : undefined;
  return copy === undefined ? null : Number(copy);
}
