import type { InterruptRaised, NapiPolled, RxQueued, TxQueued, WireEntered } from "./events.ts";
import { put } from "./maps.ts";
import { type HostState, type NicState, newNic } from "./state.ts";

type NicEvent = TxQueued | WireEntered | RxQueued | InterruptRaised | NapiPolled;

/** A host after something has happened to one of its NICs. */
export function onNicEvent(host: HostState, event: NicEvent): HostState {
  const before = host.nics.get(event.dev) ?? newNic();
  return { ...host, nics: put(host.nics, event.dev, after(before, event)) };
}

function after(nic: NicState, event: NicEvent): NicState {
  switch (event.type) {
    case "TxQueued":
      return { ...nic, txUsed: event.used, txSize: event.size, txHead: event.head, txTail: event.tail };
    case "WireEntered":
      return { ...nic, txUsed: event.txUsed, txHead: nic.txSize === 0 ? 0 : (nic.txHead + 1) % nic.txSize };
    case "RxQueued":
      return { ...nic, rxUsed: event.used, rxSize: event.size, rxHead: event.head, rxTail: event.tail };
    case "InterruptRaised":
      return { ...nic, interrupts: nic.interrupts + 1, masked: true };
    case "NapiPolled":
      return {
        ...nic,
        rxUsed: event.rxUsed,
        rxTail: nic.rxSize === 0 ? 0 : (nic.rxTail + event.packets) % nic.rxSize,
        txUsed: nic.txUsed - event.txCleaned,
        masked: event.repeated,
        polls: nic.polls + 1,
      };
  }
}
