package io.socketlab.kernel.trace;

import io.socketlab.kernel.wire.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run. The records' names and components are the trace format: JSON
 * has them as they stand here, the stamp's beside the rest. From the events up to any one, the
 * whole state that a bench shows at it can be rebuilt.
 *
 * <p>A task is named by its number on its host, from 1; a socket by its number on its host, from 1,
 * which it keeps from when it is made (a child of a listener: from the SYN) to when nothing of it
 * is left; a packet by its number in the run, which it keeps from where it is sent to where it
 * arrives or is lost. Lengths and sizes are octets.
 */
public sealed interface TraceEvent {

    Stamp stamp();

    // ---- the run
    // ---------------------------------------------------------------------------------

    /**
     * A host is there.
     *
     * @param address as {@code 10.0.0.1/24}; an IPv6 address follows after a space
     */
    record HostStarted(Stamp stamp, String address, String profile, int mtu, int rxRing, int txRing)
            implements TraceEvent {}

    /**
     * A link joins two hosts.
     *
     * @param delay one way, nanoseconds
     * @param rate bit/s, 0 for infinite
     */
    record LinkStarted(
            Stamp stamp, String link, String a, String b, long delay, long rate, int queue)
            implements TraceEvent {}

    /**
     * A command was run in a shell on the host. It takes no time, and no task waits for it.
     *
     * @param status its exit status
     * @param output what it printed
     */
    record CommandRun(Stamp stamp, String command, int status, String output)
            implements TraceEvent {}

    /**
     * A command that goes on for a while was started in a shell on the host, and nothing waits for
     * it.
     *
     * @param job number in the run, from 1
     */
    record JobStarted(Stamp stamp, int job, String command) implements TraceEvent {}

    /**
     * It has printed something.
     *
     * @param output lines, each with its end
     */
    record JobPrinted(Stamp stamp, int job, String output) implements TraceEvent {}

    /**
     * It is over.
     *
     * @param status its exit status
     */
    record JobEnded(Stamp stamp, int job, int status) implements TraceEvent {}

    // ---- system calls
    // ------------------------------------------------------------------------------

    /**
     * A task entered the kernel.
     *
     * @param call number of the call in the run, from 1
     * @param fd its descriptor argument, -1 if it has none
     * @param text as in a script, {@code listen(3, 5)}
     * @param data the octets handed over by a call that sends
     * @param place where the program makes it, if it has lines: {@code server.c:41}
     */
    record CallEntered(
            Stamp stamp,
            int task,
            int call,
            String name,
            int fd,
            String text,
            byte @Nullable [] data,
            @Nullable String place)
            implements TraceEvent {}

    /**
     * It has to wait.
     *
     * @param reason for a learner: "a connection in the accept queue"
     */
    record CallBlocked(Stamp stamp, int task, int call, int fd, int events, String reason)
            implements TraceEvent {}

    /** What it waited for may be there; the kernel attempts it again. */
    record TaskWoken(Stamp stamp, int task, int call, int events) implements TraceEvent {}

    /**
     * It is over; or it has given way to a signal's handler with ERESTARTSYS, and is made again
     * after that as another call.
     *
     * @param result what the C function returns; -512 with ERESTARTSYS, which it never returns
     * @param errno its symbol, if the result is below 0 for a failure
     * @param text as strace prints it: {@code recv(4, "hello", 100, 0) = 5}
     * @param data the octets given back by a call that receives
     * @param toKernel octets that it copied from the program: data, addresses, arrays
     * @param toUser octets that it copied to the program
     */
    record CallReturned(
            Stamp stamp,
            int task,
            int call,
            String name,
            int fd,
            long result,
            @Nullable String errno,
            String text,
            byte @Nullable [] data,
            long toKernel,
            long toUser)
            implements TraceEvent {

        /** Whether the program has not seen it return, and it is made again. */
        public boolean isMadeAgain() {
            return "ERESTARTSYS".equals(errno);
        }
    }

    /**
     * A task began a function of the C library that makes calls of its own: what it does until the
     * function returns is the function's.
     *
     * @param function number in the run, counted with the calls
     * @param text as in a script, {@code getaddrinfo("www.example.com", "http", NULL, ...)}
     * @param place where the program calls it, if it has lines: {@code client.c:23}
     */
    record FunctionEntered(
            Stamp stamp, int task, int function, String name, String text, @Nullable String place)
            implements TraceEvent {}

    /**
     * It has returned.
     *
     * @param result what the C function returns
     * @param text with what it has found
     */
    record FunctionReturned(
            Stamp stamp, int task, int function, String name, long result, String text)
            implements TraceEvent {}

    // ---- processes and signals
    // ---------------------------------------------------------------------

    /**
     * fork(2) or pthread_create(3) has made a task, or the host's program was started again.
     *
     * @param process number of the first task of its process: the same as {@code task} for fork(2)
     * @param pid the number of its process
     * @param by the task that made it, 0 if none did
     */
    record TaskStarted(Stamp stamp, int task, int process, int pid, int by) implements TraceEvent {}

    /** A task has ended, and others of its process go on. */
    record TaskExited(Stamp stamp, int task) implements TraceEvent {}

    /**
     * A process has ended, with all its tasks; its descriptors are closed next.
     *
     * @param task the one that ended it
     * @param process number of its first task
     * @param status what it gave to exit(3)
     * @param signal the signal that ended it, if one did
     */
    record ProcessExited(Stamp stamp, int task, int process, int status, @Nullable String signal)
            implements TraceEvent {}

    /**
     * A program has written to its standard output or its standard error.
     *
     * @param task the first of its process
     * @param stream {@code stdout} or {@code stderr}
     * @param text what it wrote, as UTF-8
     */
    record ProgramOutput(Stamp stamp, int task, String stream, String text) implements TraceEvent {}

    /**
     * A program has done what it is ended for: a mistake that the processor notices, or one for
     * which the C library gives up. The signal follows.
     *
     * @param signal {@code SIGSEGV}, {@code SIGFPE}, {@code SIGABRT}
     * @param message what it did, as far as can be said
     * @param place where in its source, if it has lines: {@code server.c:41}
     */
    record ProgramFaulted(
            Stamp stamp, int task, String signal, String message, @Nullable String place)
            implements TraceEvent {}

    /**
     * A signal is there for a process, or for one task of it.
     *
     * @param task the one it is for, the first of its process if any will do
     * @param by the task that sent it, 0 for the kernel
     * @param ignored nothing comes of it
     */
    record SignalGenerated(Stamp stamp, int task, String signal, int by, boolean ignored)
            implements TraceEvent {}

    /**
     * A task takes a signal.
     *
     * @param action {@code handler} or {@code terminate}
     * @param call the number of the call that it interrupts, 0 if it interrupts none
     */
    record SignalDelivered(Stamp stamp, int task, String signal, String action, int call)
            implements TraceEvent {}

    // ---- processors, where a host has a model of them
    // -------------------------------------------------

    /**
     * A task could go on, and no CPU is free.
     *
     * @param length of the run queue now, with this task
     */
    record RunQueueEntered(Stamp stamp, int task, int length) implements TraceEvent {}

    /**
     * A task that waited for a CPU has ended.
     *
     * @param length of the run queue now
     */
    record RunQueueLeft(Stamp stamp, int task, int length) implements TraceEvent {}

    /**
     * A task has a CPU, which is switched to it now.
     *
     * @param cpu from 0
     * @param waited in the run queue, nanoseconds
     * @param runQueue how many wait there now
     */
    record CpuAcquired(Stamp stamp, int task, int cpu, long waited, int runQueue)
            implements TraceEvent {}

    /**
     * A task no longer has its CPU.
     *
     * @param ran how long it had it, nanoseconds
     * @param reason {@code sleeps} in a call, {@code preempted} because its slice is over and
     *     another waits, {@code idle} because its program makes no call now, {@code ends}
     */
    record CpuReleased(Stamp stamp, int task, int cpu, long ran, String reason)
            implements TraceEvent {}

    // ---- descriptors
    // -------------------------------------------------------------------------------

    /**
     * A descriptor number refers to an open file from now on.
     *
     * @param task the first of the process whose number it is
     * @param socket 0 if it is none
     * @param file number of the open file on its host, from 1: what dup(2) and fork(2) share
     * @param object {@code socket}, {@code pipe}, {@code epoll}, {@code kqueue}, {@code file}, or
     *     {@code terminal} for the standard streams
     * @param flags of the open file, as F_GETFL tells them
     * @param closeOnExec FD_CLOEXEC, of the number
     */
    record FdOpened(
            Stamp stamp,
            int task,
            int fd,
            int socket,
            int file,
            String object,
            String flags,
            boolean closeOnExec)
            implements TraceEvent {}

    /** F_SETFL has changed an open file, or F_SETFD a number that refers to it. */
    record FdFlagsSet(Stamp stamp, int task, int fd, int file, String flags, boolean closeOnExec)
            implements TraceEvent {}

    record FdClosed(Stamp stamp, int task, int fd, int socket) implements TraceEvent {}

    /**
     * select(2), poll(2), epoll_wait(2) or kevent(2) looked for descriptors that are ready: when it
     * was called, and again each time it was woken.
     *
     * @param walked what it went through: entries of poll's array, bits of select's sets, entries
     *     of the list on which epoll and kqueue keep what may be ready
     * @param scanned descriptors among them that it asked how they are
     * @param ready how many of those had something to tell
     * @param looked the first of those it went through, 64 at most
     * @param leftOut how many it went through besides
     */
    record ReadinessScanned(
            Stamp stamp,
            int task,
            int call,
            int walked,
            int scanned,
            int ready,
            List<Looked> looked,
            int leftOut)
            implements TraceEvent {}

    /**
     * The interest list of an epoll instance.
     *
     * @param epoll the open file that it is
     * @param fd by which number it was added, and {@code file} what that referred to
     * @param change {@code added}, {@code modified}, {@code disarmed} because EPOLLONESHOT has
     *     told, {@code removed}
     * @param events bits as in {@code EPOLLIN|EPOLLET} with which it is watched now
     * @param data what epoll_wait(2) is to give back
     */
    record InterestChanged(
            Stamp stamp, int epoll, int fd, int file, String change, int events, long data)
            implements TraceEvent {}

    /**
     * The ready list of an epoll instance, whole.
     *
     * @param epoll the open file that it is
     * @param ready the first of it, 64 at most
     * @param leftOut how many follow those
     */
    record ReadyListChanged(Stamp stamp, int epoll, List<Watched> ready, int leftOut)
            implements TraceEvent {}

    /**
     * A knote of a kqueue as it is now.
     *
     * @param kqueue the open file that it is
     * @param ident a descriptor, or what the filter takes for one
     * @param filter {@code EVFILT_READ}
     * @param flags {@code EV_CLEAR|EV_EOF}
     * @param fflags what the program asked of the filter, {@code NOTE_LOWAT}, or the error behind
     *     EV_EOF
     * @param data octets, connections, expirations
     * @param state {@code idle}, {@code queued} to be told, {@code disabled}, {@code gone}
     */
    record KnoteChanged(
            Stamp stamp,
            int kqueue,
            long ident,
            String filter,
            String flags,
            String fflags,
            long data,
            String state)
            implements TraceEvent {}

    // ---- sockets
    // -----------------------------------------------------------------------------------

    /**
     * @param protocol {@code tcp} or {@code udp}
     * @param parent the listener it came from, 0 for none
     */
    record SocketCreated(Stamp stamp, int socket, String protocol, int parent)
            implements TraceEvent {}

    /** Its own address is known now. */
    record SocketBound(Stamp stamp, int socket, Endpoint local) implements TraceEvent {}

    /** Its peer is known now. */
    record SocketConnected(Stamp stamp, int socket, Endpoint local, Endpoint remote)
            implements TraceEvent {}

    /**
     * @param value what was asked for
     * @param effective what getsockopt(2) says now
     */
    record OptionSet(Stamp stamp, int socket, String option, String value, String effective)
            implements TraceEvent {}

    /** An error waits to be reported by the next call or SO_ERROR. */
    record SocketError(Stamp stamp, int socket, String errno) implements TraceEvent {}

    /** Nothing is left of it. */
    record SocketDestroyed(Stamp stamp, int socket) implements TraceEvent {}

    /**
     * The send buffer. Where something waits to be sent, the rule is what keeps it back.
     *
     * @param unacknowledged sent and not yet acknowledged
     * @param unsent waiting to be sent
     * @param size the limit, in octets of memory as SO_SNDBUF counts
     * @param memory what it takes of that, buffers and their headers: sk_wmem_queued
     */
    record SendBufferChanged(
            Stamp stamp, int socket, int unacknowledged, int unsent, int size, int memory)
            implements TraceEvent {}

    /**
     * The receive buffer.
     *
     * @param readable in order, or whole datagrams, waiting for the program
     * @param outOfOrder arrived ahead of a hole
     * @param datagrams how many datagrams wait; 0 for a stream
     * @param size the limit, in octets of memory as SO_RCVBUF counts
     * @param memory what it takes of that, buffers and their headers: sk_rmem_alloc
     * @param ahead which those out of order are; the first 64 ranges, if there are more
     */
    record ReceiveBufferChanged(
            Stamp stamp,
            int socket,
            int readable,
            int outOfOrder,
            int datagrams,
            int size,
            int memory,
            List<SequenceRange> ahead)
            implements TraceEvent {}

    // ---- TCP
    // ---------------------------------------------------------------------------------------

    /** States have the names of RFC 9293 §3.3.2, with underscores. */
    record StateChanged(Stamp stamp, int socket, String from, String to) implements TraceEvent {}

    /** Variables of the connection that have changed since they were last told. */
    record TcbChanged(Stamp stamp, int socket, TcbValues changed) implements TraceEvent {}

    /**
     * The queues of a listening socket.
     *
     * @param synQueue half-open connections
     * @param acceptQueue complete, not yet accepted
     * @param backlog listen(2)'s argument after the limit of net.core.somaxconn
     */
    record ListenQueuesChanged(Stamp stamp, int socket, int synQueue, int acceptQueue, int backlog)
            implements TraceEvent {}

    /**
     * A request or child entered or left a queue.
     *
     * @param queue {@code syn} or {@code accept}
     */
    record QueueEntryChanged(
            Stamp stamp, int socket, String queue, int child, Endpoint remote, boolean entered)
            implements TraceEvent {}

    /**
     * TCP handed a segment to IP.
     *
     * @param socket 0 if no socket sent it (a reset for a stray segment)
     * @param absSeq the sequence number as it is on the wire, unsigned; {@code seq} is the event's
     * @param absAck likewise
     * @param relSeq counted from the sender's SYN, which is 0
     * @param relAck counted from the receiver's SYN; -1 if it has no ACK
     * @param flags as packetdrill writes them: {@code S.}, {@code P.}, {@code F.}, {@code .}
     * @param window the field as it is on the wire, not scaled
     * @param options as packetdrill writes them, without the brackets
     * @param length of the text
     * @param retransmission 0 the first time, then 1, 2, …
     */
    record SegmentSent(
            Stamp stamp,
            int packet,
            int socket,
            Endpoint src,
            Endpoint dst,
            String flags,
            long absSeq,
            long absAck,
            long relSeq,
            long relAck,
            int window,
            String options,
            int length,
            int retransmission)
            implements TraceEvent {}

    /**
     * TCP got a segment.
     *
     * @param socket the one it was for, 0 if there was none
     */
    record SegmentReceived(Stamp stamp, int packet, int socket) implements TraceEvent {}

    // ---- UDP and ICMP
    // ------------------------------------------------------------------------------

    record DatagramSent(Stamp stamp, int packet, int socket, Endpoint src, Endpoint dst, int length)
            implements TraceEvent {}

    record DatagramReceived(Stamp stamp, int packet, int socket) implements TraceEvent {}

    /**
     * @param about the number of the packet that the message quotes, 0 if it quotes none
     */
    record IcmpSent(
            Stamp stamp,
            int packet,
            String src,
            String dst,
            int icmpType,
            int icmpCode,
            String text,
            int about)
            implements TraceEvent {}

    record IcmpReceived(Stamp stamp, int packet, int icmpType, int icmpCode, String text)
            implements TraceEvent {}

    /**
     * IP sent a part of a packet that was larger than the MTU.
     *
     * @param packet the fragment; the first keeps the number of the whole
     * @param of the number of the whole
     * @param offset where its octets belong
     */
    record FragmentSent(Stamp stamp, int packet, int of, int offset, int length)
            implements TraceEvent {}

    // ---- NIC and link
    // ------------------------------------------------------------------------------

    /**
     * A packet has to wait in the queueing discipline.
     *
     * @param dev the interface: {@code eth0}
     * @param qdisc its kind: {@code fq}
     * @param length packets that wait there now
     */
    record QdiscQueued(Stamp stamp, int packet, String dev, String qdisc, int length)
            implements TraceEvent {}

    /**
     * The queueing discipline marks a packet as one that has seen congestion, instead of dropping
     * it.
     *
     * @param dev the interface: {@code eth0}
     * @param qdisc its kind: {@code red}
     * @param length packets that wait there now
     */
    record PacketMarked(Stamp stamp, int packet, String dev, String qdisc, int length)
            implements TraceEvent {}

    /**
     * The driver put a packet into the TX ring. The descriptors from head to tail are the device's;
     * those before the head are the driver's, as soon as it has cleaned them: with interrupts not
     * held back that is when a packet is on the wire, otherwise in a poll.
     *
     * @param length of the whole frame
     * @param used descriptors that the driver cannot use
     * @param head place of the descriptor that the device fetches next
     * @param tail place of the descriptor that the driver writes next
     */
    record TxQueued(
            Stamp stamp, int packet, String dev, int length, int used, int size, int head, int tail)
            implements TraceEvent {}

    /**
     * The first bit of a packet is on the wire. One that leaves a switch has no host and no
     * interface, and one that goes to a switch goes to no host.
     *
     * @param dev the interface by which it leaves: {@code eth0}
     * @param to the host at the other end
     * @param arrives when its last bit will be there, virtual nanoseconds
     */
    record WireEntered(
            Stamp stamp, int packet, String dev, String link, String to, long arrives, int txUsed)
            implements TraceEvent {}

    /**
     * The NIC wrote a packet to memory, into the RX ring. The descriptors from head to tail are the
     * device's, each with an empty buffer; the {@code used} ones before the head are the driver's.
     *
     * @param used descriptors whose packets wait for the driver
     * @param head place of the descriptor that the device fills next
     * @param tail place of the descriptor to which the driver posts the next empty buffer
     */
    record RxQueued(Stamp stamp, int packet, String dev, int used, int size, int head, int tail)
            implements TraceEvent {}

    /**
     * A router sends a packet on.
     *
     * @param in the interface by which it came
     * @param out the one by which it leaves
     * @param ttl what is left of it
     * @param nextHop to whom it goes
     */
    record PacketForwarded(Stamp stamp, int packet, String in, String out, int ttl, String nextHop)
            implements TraceEvent {}

    /**
     * The NIC asked for attention. Its interrupts are masked from now on, until a poll that is not
     * repeated.
     */
    record InterruptRaised(Stamp stamp, String dev) implements TraceEvent {}

    /**
     * The NIC would have asked for attention, but is to wait for more packets.
     *
     * @param ring {@code rx} or {@code tx}
     * @param deadline when it asks at the latest, virtual nanoseconds; -1 if only packets count
     */
    record InterruptHeld(Stamp stamp, String dev, String ring, long deadline)
            implements TraceEvent {}

    /**
     * The driver took packets out of the RX ring, and posted an empty buffer for each.
     *
     * @param rxUsed descriptors whose packets still wait
     * @param txCleaned descriptors of the TX ring that it took back
     * @param budget packets that one poll takes at most
     * @param repeated whether it polls again, with interrupts masked, because it took all it may
     */
    record NapiPolled(
            Stamp stamp,
            String dev,
            int packets,
            int rxUsed,
            int txCleaned,
            int budget,
            boolean repeated)
            implements TraceEvent {}

    /**
     * The driver joined a packet of its poll to one before it: what goes up is one packet.
     *
     * @param packet the one that is no more
     * @param into the one that goes up, with the text of both
     * @param length of the text
     */
    record PacketJoined(Stamp stamp, int packet, int into, int length) implements TraceEvent {}

    /**
     * @param where link, txRing, rxRing, ip, tcp, udp, socket
     * @param reason one of a closed set
     */
    record PacketDropped(Stamp stamp, int packet, String where, DropReason reason)
            implements TraceEvent {}

    // ---- what somebody did to the network

    /**
     * What somebody has arranged to go wrong does. What comes of it is caused by it.
     *
     * @param fault drop, duplicate, delay, reorder, corrupt; fail, partial, slow
     * @param packet to which it happens, 0 if to none
     * @param call to which it happens, 0 if to none
     * @param how the measure of it, in words
     */
    record FaultInjected(Stamp stamp, String fault, int packet, int call, String how)
            implements TraceEvent {}

    /**
     * One direction of a link, that from the stamp's host, is like this from now on.
     *
     * @param to the host at its other end; empty for a switch, as is the stamp's host
     * @param delay nanoseconds one way
     * @param rate bit/s, 0 for infinite
     * @param queue packets that may wait at its entrance, 0 for none
     * @param loss how many of a million packets somebody has it lose
     * @param jitter nanoseconds that a packet takes longer at most
     * @param cut whether everything on it is lost
     */
    record LinkChanged(
            Stamp stamp,
            String link,
            String to,
            long delay,
            long rate,
            int queue,
            int loss,
            long jitter,
            boolean cut)
            implements TraceEvent {}

    /**
     * A host has lost its power: connections, programs and buffers are gone, and nobody is told.
     */
    record HostCrashed(Stamp stamp) implements TraceEvent {}

    /** It is up again, and knows nothing of before. */
    record HostBooted(Stamp stamp) implements TraceEvent {}

    /**
     * The programs of a host get no processor, as after SIGSTOP; its kernel goes on.
     *
     * @param until virtual nanoseconds
     */
    record HostStalled(Stamp stamp, long until) implements TraceEvent {}

    // ---- timers
    // ------------------------------------------------------------------------------------

    /**
     * @param timer rto, synAck, delayedAck, persist, keepAlive, finWait2, timeWait, linger
     */
    record TimerSet(Stamp stamp, int socket, String timer, long deadline) implements TraceEvent {}

    record TimerCancelled(Stamp stamp, int socket, String timer) implements TraceEvent {}

    record TimerFired(Stamp stamp, int socket, String timer) implements TraceEvent {}
}
