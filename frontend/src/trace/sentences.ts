import { count } from "../base/octets.ts";
import { formatDuration, formatTime, nanos } from "../base/time.ts";
import { isMadeAgain } from "./call-events.ts";
import type {
  InterestChanged,
  KnoteChanged,
  NapiPolled,
  PacketSent,
  ReadyListChanged,
  SegmentSent,
  TraceEvent,
} from "./events.ts";
import { faultSentence } from "./fault-sentences.ts";
import type { TraceIndex } from "./trace-index.ts";
import { dropText, epollMaskText, flagNames, segmentText, timerText } from "./wire-names.ts";

/** What happened, in a sentence for a learner. */
export function sentence(event: TraceEvent, index: TraceIndex): string {
  const host = event.host;
  switch (event.type) {
    case "HostStarted":
      return `${host} is there, with the address ${event.address} and a ${event.profile.toLowerCase()} kernel.`;
    case "LinkStarted":
      return `A link joins ${event.a} and ${event.b}: ${formatDuration(event.delay)} one way.`;
    case "CallEntered":
      return `${program(host, event.task)} calls ${event.text}${at(event.place)}.`;
    case "CallBlocked":
      return `${callName(event.call, index)} of ${program(host, event.task)} has to wait: ${event.reason}.`;
    case "TaskWoken":
      return `${program(host, event.task)} is woken; ${callName(event.call, index)} is tried again.`;
    case "CallReturned":
      if (isMadeAgain(event)) {
        return `${event.name}() of ${program(host, event.task)} gives way to the handler, and is made again after it (${event.errno}).`;
      }
      return event.errno
        ? `${event.name}() of ${program(host, event.task)} fails with ${event.errno}.`
        : `${event.name}() of ${program(host, event.task)} returns ${event.result}.`;
    case "FunctionEntered":
      return `${program(host, event.task)} calls ${event.text}${at(event.place)}, a function of the C library.`;
    case "FunctionReturned":
      return `${event.name}() of ${program(host, event.task)} returns ${event.result}: ${event.text}.`;
    case "TaskStarted":
      return event.by === 0
        ? `The program of ${host} is started again, as process ${event.pid}.`
        : `${program(host, event.by)} makes task ${event.task}, ${event.task === event.process ? "a process" : "a thread"}.`;
    case "TaskExited":
      return `${program(host, event.task)} ends.`;
    case "ProcessExited":
      return `${program(host, event.process)} ends ${event.signal ? `by ${event.signal}` : `with status ${event.status}`}: its descriptors are closed.`;
    case "ProgramOutput":
      return `${program(host, event.task)} prints ${JSON.stringify(event.text)}${event.stream === "stderr" ? " as an error" : ""}.`;
    case "ProgramFaulted":
      return `${program(host, event.task)} is ended by ${event.signal}${at(event.place)}: ${event.message}.`;
    case "SignalGenerated":
      return `${event.by === 0 ? "The kernel" : program(host, event.by)} sends ${program(host, event.task)} ${event.signal}${event.ignored ? ", which it ignores" : ""}.`;
    case "SignalDelivered":
      return event.action === "handler"
        ? `The handler of ${event.signal} runs in ${program(host, event.task)}${event.call > 0 ? ` and interrupts ${callName(event.call, index)}` : ""}.`
        : `${event.signal} ends ${program(host, event.task)}.`;
    case "RunQueueEntered":
      return `${program(host, event.task)} could go on and waits for a CPU, ${event.length === 1 ? "alone" : `as one of ${event.length}`}.`;
    case "RunQueueLeft":
      return `${program(host, event.task)} has ended and waits for a CPU no more.`;
    case "CpuAcquired":
      return `CPU ${event.cpu} is switched to ${program(host, event.task)}${event.waited > 0 ? `, which has waited ${formatDuration(event.waited)}` : ""}.`;
    case "CpuReleased":
      return `${program(host, event.task)} has had CPU ${event.cpu} for ${formatDuration(event.ran)} ${released(event.reason)}.`;
    case "FdOpened":
      return `${onHost(host, event.task)}, descriptor ${event.fd} refers to ${event.socket > 0 ? `socket ${event.socket}` : a(event.object)} from now on.`;
    case "FdFlagsSet":
      return `${onHost(host, event.task)}, descriptor ${event.fd} has the flags ${event.flags}${event.closeOnExec ? " and FD_CLOEXEC" : ""} now.`;
    case "FdClosed":
      return `${onHost(host, event.task)}, descriptor ${event.fd} refers to nothing any more.`;
    case "ReadinessScanned":
      return event.walked === event.scanned
        ? `The kernel looked at ${count(event.scanned, "descriptor")} and found ${event.ready} ready.`
        : `The kernel went through ${count(event.walked, "entry", "entries")}, looked at ${count(event.scanned, "descriptor")} and found ${event.ready} ready.`;
    case "InterestChanged":
      return interestChanged(event);
    case "ReadyListChanged":
      return `The ready list of ${host}'s epoll instance ${event.epoll} is ${readyList(event)} now.`;
    case "KnoteChanged":
      return `${host}'s kqueue ${event.kqueue} has its knote for ${event.ident}, ${event.filter}, ${knoteState(event)}.`;
    case "SocketCreated":
      return event.parent
        ? `${host}'s kernel makes socket ${event.socket} for a connection of listener ${event.parent}.`
        : `${host}'s kernel makes ${event.protocol.toUpperCase()} socket ${event.socket}.`;
    case "SocketBound":
      return `Socket ${event.socket} of ${host} has the address ${event.local} now.`;
    case "SocketConnected":
      return `Socket ${event.socket} of ${host} has a peer now: ${event.local} to ${event.remote}.`;
    case "OptionSet":
      return `${event.option} of socket ${event.socket} is set to ${event.value}; getsockopt() says ${event.effective}.`;
    case "SocketError":
      return `${event.errno} waits on socket ${event.socket} of ${host} for the next call.`;
    case "SocketDestroyed":
      return `Nothing is left of socket ${event.socket} of ${host}.`;
    case "SendBufferChanged":
      return `Send buffer of ${host}'s socket ${event.socket}: ${event.unacknowledged} sent and not acknowledged, ${event.unsent} not sent.`;
    case "ReceiveBufferChanged":
      return `Receive buffer of ${host}'s socket ${event.socket}: ${event.readable} to read${event.outOfOrder ? `, ${event.outOfOrder} out of order` : ""}.`;
    case "StateChanged":
      return `Socket ${event.socket} of ${host} goes from ${event.from} to ${event.to}.`;
    case "TcbChanged":
      return `Variables of ${host}'s socket ${event.socket} change: ${Object.keys(event.changed).join(", ")}.`;
    case "ListenQueuesChanged":
      return `Listener ${event.socket} of ${host}: SYN queue ${event.synQueue}, accept queue ${event.acceptQueue}, backlog ${event.backlog}.`;
    case "QueueEntryChanged":
      return `The connection from ${event.remote} ${event.entered ? "enters" : "leaves"} the ${queueName(event.queue)} of ${host}'s listener ${event.socket}.`;
    case "SegmentSent":
    case "DatagramSent":
    case "IcmpSent":
      return `${host} sends ${packetNoun(event)} to ${index.hostOf(event.dst) ?? event.dst}.`;
    case "SegmentReceived":
    case "DatagramReceived":
    case "IcmpReceived": {
      const sent = index.packet(event.packet)?.sent;
      return `${host} receives ${sent ? packetNoun(sent) : `packet ${event.packet}`}${sent ? ` from ${index.hostOf(sent.src) ?? sent.src}` : ""}.`;
    }
    case "FragmentSent":
      return `${host} sends ${event.length} octets of packet ${event.of} as a fragment, from octet ${event.offset}.`;
    case "QdiscQueued":
      return `Packet ${event.packet} has to wait in ${host}'s queueing discipline, ${event.qdisc} (${count(event.length, "packet")} there).`;
    case "PacketMarked":
      return `${host}'s queueing discipline, ${event.qdisc}, marks packet ${event.packet}: it has seen congestion.`;
    case "TxQueued":
      return `${host}'s driver puts packet ${event.packet} into the TX ring (${event.used} of ${event.size} used).`;
    case "WireEntered":
      return `Packet ${event.packet} leaves ${host || "the switch"} for ${event.to || "the switch"}; it will be there at ${formatTime(event.arrives)}.`;
    case "RxQueued":
      return `${host}'s NIC writes packet ${event.packet} into the RX ring (${event.used} of ${event.size} used).`;
    case "PacketForwarded":
      return `${host} sends packet ${event.packet}, which came by ${event.in}, on by ${event.out} to ${event.nextHop}; its time to live is ${event.ttl} now.`;
    case "InterruptRaised":
      return `${host}'s NIC raises an interrupt.`;
    case "PacketJoined":
      return `${host}'s driver joins packet ${event.packet} to packet ${event.into}.`;
    case "CommandRun":
    case "JobStarted":
      return `${host}'s shell runs ${event.command}.`;
    case "JobPrinted":
      return `A command on ${host} prints: ${event.output.trim()}`;
    case "JobEnded":
      return `A command on ${host} ends with status ${event.status}.`;
    case "InterruptHeld":
      return event.deadline < 0
        ? `${host}'s NIC holds its interrupt back until more packets have ${event.ring === "rx" ? "come" : "gone"}.`
        : `${host}'s NIC holds its interrupt back, until ${formatTime(event.deadline)} at the latest.`;
    case "NapiPolled":
      return napiPolled(event);
    case "PacketDropped": {
      const sent = index.packet(event.packet)?.sent;
      return `${sent ? capital(packetNoun(sent)) : `Packet ${event.packet}`} is dropped: ${dropText(event.reason)}.`;
    }
    case "FaultInjected":
    case "LinkChanged":
    case "HostCrashed":
    case "HostBooted":
    case "HostStalled":
      return faultSentence(event);
    case "TimerSet":
      return `${host}'s socket ${event.socket} sets its ${timerText(event.timer)}: ${formatDuration(nanos(event.deadline - event.at))} from now.`;
    case "TimerCancelled":
      return `${host}'s socket ${event.socket} stops its ${timerText(event.timer)}.`;
    case "TimerFired":
      return `The ${timerText(event.timer)} of ${host}'s socket ${event.socket} goes off.`;
    default:
      event satisfies never;
      return "Something happened that this page does not know.";
  }
}

/** `SYN-ACK`, `5 octets (PSH-ACK)`, `an ICMP message: port unreachable`. */
export function packetNoun(packet: PacketSent): string {
  switch (packet.type) {
    case "SegmentSent":
      return segmentNoun(packet);
    case "DatagramSent":
      return `a datagram of ${count(packet.length, "octet")}`;
    case "IcmpSent":
      return `an ICMP message: ${packet.text}`;
    default:
      return packet satisfies never;
  }
}

function interestChanged({ host, epoll, fd, change, events }: InterestChanged): string {
  const list = `the interest list of ${host}'s epoll instance ${epoll}`;
  switch (change) {
    case "added":
      return `Descriptor ${fd} comes onto ${list}, for ${epollMaskText(events)}.`;
    case "modified":
      return `Descriptor ${fd} is on ${list} for ${epollMaskText(events)} from now on.`;
    case "disarmed":
      return `Descriptor ${fd} on ${list} has been told once (EPOLLONESHOT), and is told no more.`;
    default:
      return `Descriptor ${fd} leaves ${list}.`;
  }
}

function readyList({ ready = [], leftOut }: ReadyListChanged): string {
  if (ready.length === 0) return "empty";
  return `${ready.map(({ fd }) => fd).join(", ")}${leftOut > 0 ? ` and ${leftOut} more` : ""}`;
}

function knoteState({ state, data }: KnoteChanged): string {
  switch (state) {
    case "queued":
      return `in the queue: data is ${data}`;
    case "disabled":
      return "disabled";
    case "gone":
      return "no more";
    default:
      return `idle: data is ${data}`;
  }
}

/** `a pipe`, `an epoll`. */
function a(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun === "epoll" ? "epoll instance" : noun}`;
}

function napiPolled({ host, packets, budget, repeated, txCleaned }: NapiPolled): string {
  const taken = `${host}'s driver takes ${count(packets, "packet")} out of the RX ring`;
  const cleaned = txCleaned > 0 ? `, takes ${count(txCleaned, "descriptor")} of the TX ring back` : "";
  return `${taken}${cleaned}${repeated ? `, and polls again: ${budget} is all that one poll takes` : ""}.`;
}

function segmentNoun(segment: SegmentSent): string {
  const again = segment.retransmission > 0 ? "again " : "";
  const text = segment.length > 0 ? `${count(segment.length, "octet")}, ` : "";
  return `${again}${text}${flagNames(segment.flags)} ${segmentText(segment).slice(segment.flags.length + 1)}`;
}

function callName(call: number, index: TraceIndex): string {
  return `${index.call(call)?.entered.name ?? "the call"}()`;
}

function program(host: string, task: number): string {
  return task === 1 ? host : `${host}'s task ${task}`;
}

/** Where in its source a program is, if it has lines. */
function at(place: string | undefined): string {
  return place === undefined ? "" : ` at ${place}`;
}

/** Where a descriptor is: each process has its own. */
function onHost(host: string, process: number): string {
  return process === 1 ? `On ${host}` : `In process ${process} of ${host}`;
}

function queueName(queue: string): string {
  return queue === "syn" ? "SYN queue" : "accept queue";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function released(why: string): string {
  switch (why) {
    case "sleeps":
      return "and sleeps";
    case "preempted":
      return "and loses it: its slice is over, and another waits";
    case "ends":
      return "and ends";
    default:
      return "and has nothing to do";
  }
}
