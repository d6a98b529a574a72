import { formatDuration, formatTime, nanos } from "../base/time.ts";
import type { FaultEvent, FaultInjected, LinkChanged } from "./fault-events.ts";

/** What somebody did to the network, in a sentence. */
export function faultSentence(event: FaultEvent): string {
  switch (event.type) {
    case "FaultInjected":
      return faultText(event);
    case "LinkChanged":
      return linkText(event);
    case "HostCrashed":
      return `${event.host} loses its power: programs, connections and buffers are gone, and nobody is told.`;
    case "HostBooted":
      return `${event.host} is up again, and knows nothing of before.`;
    case "HostStalled":
      return `The programs of ${event.host} stand still until ${formatTime(event.until)}; its kernel goes on.`;
    default:
      return event satisfies never;
  }
}

/** `drop`, `delay 2s`: for the diagram. */
export function faultNote(event: FaultInjected): string {
  return event.how ? `${event.fault} by hand: ${measure(event)}` : `${event.fault} by hand`;
}

function faultText(event: FaultInjected): string {
  const packet = `Somebody laid hands on packet ${event.packet}`;
  switch (event.fault) {
    case "drop":
      return `${packet}: it is lost.`;
    case "duplicate":
      return `${packet}: it comes twice, the second time as ${event.how}.`;
    case "delay":
      return `${packet}: it comes ${measure(event)} later.`;
    case "reorder":
      return `${packet}: it comes ${event.how} others.`;
    case "corrupt":
      return `${packet}: ${event.how} is wrong from now on, counted from its IP header.`;
    case "fail":
      return `It has been arranged that this call of ${event.host} fails with ${event.how}.`;
    case "partial":
      return `It has been arranged that this call of ${event.host} moves ${event.how} at most.`;
    default:
      return `It has been arranged that this call of ${event.host} begins ${measure(event)} late.`;
  }
}

function measure(event: FaultInjected): string {
  const length = /^(\d+) ns$/.exec(event.how)?.[1];
  return length === undefined ? event.how : formatDuration(nanos(Number(length)));
}

function linkText({ host, to, link, cut, loss, delay, jitter, rate, queue }: LinkChanged): string {
  const way = `The link ${link} from ${host || "the switch"} to ${to || "the switch"}`;
  if (cut) return `${way} is cut: what is on it is lost, and so is what enters it.`;
  const parts = [`takes ${formatDuration(delay)}`];
  if (jitter > 0) parts.push(`up to ${formatDuration(jitter)} more`);
  if (rate > 0) parts.push(`carries ${rate / 1_000_000} Mbit/s`);
  if (queue > 0) parts.push(`lets ${queue} packets wait`);
  if (loss > 0) parts.push(`loses ${loss / 10_000} % of all packets`);
  return `${way} is another from now on: it ${parts.join(", ")}.`;
}
