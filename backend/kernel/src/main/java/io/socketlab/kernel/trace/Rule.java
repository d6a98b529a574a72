package io.socketlab.kernel.trace;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The choices that an RFC or a kernel makes and that a run can meet: the rule catalogue. An event
 * names the one that decided it; feedback and the "why?" panel show its text. A test holds that
 * each is emitted somewhere and each emitted is here.
 */
public enum Rule {
    CALL_BLOCKS(
            "POSIX.BLOCKS",
            "read(2), accept(2), connect(2)",
            "A call on a blocking descriptor sleeps until what it waits for is there.",
            "Sleeping costs no processor time: the task stands in the socket's wait queue until it is woken."),
    CALL_RESTARTS(
            "LINUX.RESTART",
            "signal(7), sigaction(2), kernel/signal.c, ERESTARTSYS",
            "A call that waits gives way to a signal's handler and, where that has SA_RESTART, is made again after it.",
            "The handler does not wait for the call, and the call does not go on where it was: it begins anew. select(2),"
                    + " poll(2), epoll_wait(2), sleeping and calls with a time limit are never made again: they fail with EINTR."),
    POLL_SCANS(
            "LINUX.POLL.SCAN",
            "poll(2), fs/select.c, do_poll()",
            "poll() looks at every descriptor it was given, at each call and again after each wake-up.",
            "It does not remember anything between calls: the cost grows with what is watched, not with what is ready."),
    SELECT_SCANS(
            "LINUX.SELECT.SCAN",
            "select(2), fs/select.c, do_select()",
            "select() goes through the bits of its sets up to nfds, and looks at every descriptor that is in one.",
            "One high descriptor number makes it go through all the bits below, and the sets are copied in and out each time."),
    EPOLL_READY_LIST(
            "LINUX.EPOLL.READY_LIST",
            "epoll(7), fs/eventpoll.c, ep_send_events()",
            "epoll_wait() looks only at the descriptors that have woken it, which the kernel keeps on a ready list.",
            "Its cost grows with what is ready, not with what is watched. What is on the list need not be ready any more: it is asked."),
    KQUEUE_ACTIVE(
            "BSD.KQUEUE.ACTIVE",
            "kqueue(2), FreeBSD sys/kern/kern_event.c, kqueue_scan()",
            "kevent() looks only at the knotes that their filters have activated, which the kernel keeps in a queue.",
            "Registering is a change in the same call; the filter tells how much there is to read, and not only that there is."),
    LINUX_UDP_RCVBUF(
            "LINUX.UDP.RCVBUF",
            "net/ipv4/udp.c, __udp_enqueue_schedule_skb()",
            "A datagram is dropped when the memory of those that wait exceeds SO_RCVBUF.",
            "The sender is not told. And memory counts, not octets: a one-octet datagram takes 768."),
    RFC768_ONE_DATAGRAM(
            "RFC768.DATAGRAM",
            "RFC 768, udp(7)",
            "One send is one datagram, and one receive takes one datagram: boundaries are kept, also around 0 octets.",
            "Two sends are never joined into one receive, and a receive of 0 octets is not an end of file."),
    UDP_CONNECT(
            "UDP.CONNECT",
            "connect(2), udp(7)",
            "connect() on a datagram socket sends nothing: it sets the peer and lets only that peer's datagrams in.",
            "There is no handshake, and success says nothing about whether anybody is there."),
    UDP_CONNECTED_ERROR(
            "UDP.CONNECTED_ERROR",
            "udp(7), RFC 1122 §4.1.3.3",
            "An ICMP error is reported, once, by the next call on the socket that is connected to where it came from.",
            "A socket that is not connected never hears of it, and the failed send itself had returned success."),
    UDP_TRUNCATED(
            "UDP.TRUNCATED",
            "recv(2), udp(7)",
            "What of a datagram does not fit the buffer is thrown away; MSG_TRUNC tells that, and how long it was.",
            "The rest is not there for the next call: that gets the next datagram."),
    RFC791_FRAGMENTATION(IpRules.RFC791_FRAGMENTATION),
    RFC1122_REASSEMBLY_TIMEOUT(IpRules.RFC1122_REASSEMBLY_TIMEOUT),
    RFC8200_FRAGMENTATION(IpRules.RFC8200_FRAGMENTATION),
    RFC8200_REASSEMBLY_TIMEOUT(IpRules.RFC8200_REASSEMBLY_TIMEOUT),
    RFC4443_ECHO_REPLY(IpRules.RFC4443_ECHO_REPLY),
    RFC4443_PORT_UNREACHABLE(IpRules.RFC4443_PORT_UNREACHABLE),
    RFC4443_UNKNOWN_NEXT_HEADER(IpRules.RFC4443_UNKNOWN_NEXT_HEADER),
    RFC4861_ADDRESS_RESOLUTION(IpRules.RFC4861_ADDRESS_RESOLUTION),
    ECHO_REQUEST(IpRules.ECHO_REQUEST),
    RFC1122_ECHO_REPLY(IpRules.RFC1122_ECHO_REPLY),
    RFC1122_PORT_UNREACHABLE(IpRules.RFC1122_PORT_UNREACHABLE),
    RFC1122_PROTOCOL_UNREACHABLE(IpRules.RFC1122_PROTOCOL_UNREACHABLE),
    LINUX_NAPI_INTERRUPT(
            "LINUX.NAPI.INTERRUPT",
            "net/core/dev.c, napi_schedule()",
            "The first packet in an idle RX ring raises an interrupt; until the ring is empty again there are no more.",
            "There is not one interrupt a packet: under load the driver polls, and the card stays silent."),
    LINUX_INTERRUPT_COALESCING(
            "LINUX.INTERRUPT.COALESCING",
            "ethtool(8) -C, include/uapi/linux/ethtool.h, struct ethtool_coalesce",
            "The card waits for more packets, rx-usecs long or until there are rx-frames, before it raises an interrupt.",
            "Fewer interrupts are not free: each packet may wait that much longer, and the ring has to hold them all."),
    LINUX_NAPI_POLL(
            "LINUX.NAPI.POLL",
            "net/core/dev.c, napi_poll()",
            "The driver takes up to 64 packets out of the RX ring in one poll.",
            "The program is not running yet: the packet goes up through IP and the transport protocol first."),
    LINUX_GRO(
            "LINUX.GRO",
            "net/core/gro.c, net/ipv4/tcp_offload.c, tcp_gro_receive(), net/ipv4/udp_offload.c",
            "Segments that one poll brings, that follow on each other and differ in nothing else, go up as one.",
            "The wire carried each of them, and so did the interrupt: only what comes after the driver sees fewer."),
    LINUX_NEIGHBOUR_UNRESOLVED(IpRules.LINUX_NEIGHBOUR_UNRESOLVED),
    LINUX_BIND(
            "LINUX.BIND",
            "bind(2), net/ipv4/inet_connection_sock.c, inet_csk_get_port()",
            "A port is given to one socket; another may share it only if both have SO_REUSEADDR and neither listens.",
            "A connection in TIME_WAIT holds its port too: SO_REUSEADDR has to be on the old socket and on the new one."),
    ADDRESS_IN_USE(FailureRuleTexts.ADDRESS_IN_USE),
    ADDRESS_IN_USE_FREEBSD(FailureRuleTexts.ADDRESS_IN_USE_FREEBSD),
    ADDRESS_NOT_OURS(FailureRuleTexts.ADDRESS_NOT_OURS),
    NO_PORT_LEFT(FailureRuleTexts.NO_PORT_LEFT),
    REFUSED(FailureRuleTexts.REFUSED),
    NO_WAY(FailureRuleTexts.NO_WAY),
    CONNECTED_ALREADY(FailureRuleTexts.CONNECTED_ALREADY),
    LINUX_EPHEMERAL_PORT(
            "LINUX.EPHEMERAL_PORT",
            "ip(7), net.ipv4.ip_local_port_range",
            "connect() on a socket that is not bound takes a free port of the ephemeral range.",
            "A client need not call bind(): the kernel names it."),
    RFC9293_PASSIVE_OPEN(
            "RFC9293.PASSIVE_OPEN",
            "RFC 9293 §3.10.1, listen(2)",
            "listen() makes the socket wait for SYNs, and gives it its two queues.",
            "A listening socket never carries data: each connection gets a socket of its own."),
    RFC9293_ACTIVE_OPEN(
            "RFC9293.ACTIVE_OPEN",
            "RFC 9293 §3.10.1, connect(2)",
            "connect() sends a SYN and waits in SYN_SENT for the peer's SYN-ACK.",
            "connect() talks to the peer's kernel; the peer's program need not have called accept()."),
    RFC9293_SYN(
            "RFC9293.SYN",
            "RFC 9293 §3.5",
            "An active open sends a SYN with its initial sequence number.",
            "connect() does not wait for accept(): the kernels do the handshake by themselves."),
    RFC9293_SYN_ACK(
            "RFC9293.SYN_ACK",
            "RFC 9293 §3.10.7.2",
            "A SYN to a listening socket is answered with SYN-ACK, which acknowledges the peer's initial sequence number plus one.",
            "accept() sends nothing. The kernel answers the SYN, whether or not the program has called accept()."),
    RFC9293_SYN_ACK_RECEIVED(
            "RFC9293.SYN_ACK_RECEIVED",
            "RFC 9293 §3.10.7.3",
            "In SYN_SENT, a SYN-ACK that acknowledges the SYN makes the connection ESTABLISHED.",
            "The client's connection is established before the server's: the last ACK is still on its way."),
    RFC9293_HANDSHAKE_ACK(
            "RFC9293.HANDSHAKE_ACK",
            "RFC 9293 §3.5, figure 6",
            "The SYN-ACK is acknowledged at once: that completes the handshake.",
            "The third segment carries no data of its own and takes up no sequence number."),
    RFC9293_ESTABLISHED(
            "RFC9293.ESTABLISHED",
            "RFC 9293 §3.10.7.4",
            "In SYN_RECEIVED, an ACK of our SYN makes the connection ESTABLISHED.",
            "The server's connection is established by the client's ACK, not by accept()."),
    RFC9293_SIMULTANEOUS_OPEN(
            "RFC9293.SIMULTANEOUS_OPEN",
            "RFC 9293 §3.5, figure 7",
            "Two SYNs that cross open one connection, through SYN_RECEIVED on both ends.",
            "Neither end is the server, and no listener is needed."),
    RFC9293_SYN_REPEATED(
            "RFC9293.SYN_REPEATED",
            "RFC 9293 §3.8.1, net/ipv4/tcp_minisocks.c, tcp_check_req()",
            "A SYN that comes again is answered with the same SYN-ACK again.",
            "It does not start a second connection: the 4-tuple is the same."),
    RFC7413_COOKIE_REQUEST(
            "RFC7413.COOKIE_REQUEST",
            "RFC 7413 §4.1.3, tcp(7)",
            "A client that wants Fast Open and has no cookie for the server asks for one in an ordinary SYN.",
            "The first connection to a server is no faster: text in the SYN needs the cookie of an earlier one."),
    RFC7413_SYN_DATA(
            "RFC7413.SYN_DATA",
            "RFC 7413 §4.2.1, net/ipv4/tcp_output.c, tcp_send_syn_data()",
            "With a cookie the SYN carries text, up to the MSS the server announced before less 40 octets for options.",
            "sendto() with MSG_FASTOPEN is connect() and send() in one: there is no connect() before it."),
    RFC7413_COOKIE_GRANTED(
            "RFC7413.COOKIE_GRANTED",
            "RFC 7413 §4.1.2, net/ipv4/tcp_fastopen.c",
            "A server gives a cookie made of both addresses and its secret key, and keeps no record of it.",
            "A cookie proves only that the client has received something at its address; it says nothing about who it is."),
    RFC7413_COOKIE_INVALID(
            "RFC7413.COOKIE_INVALID",
            "RFC 7413 §4.2.2",
            "A SYN with a wrong cookie is answered as an ordinary SYN, with the right cookie; its text is thrown away.",
            "It is no error: the client sends the text again after the handshake, and has the right cookie next time."),
    RFC7413_DATA_ACCEPTED(
            "RFC7413.DATA_ACCEPTED",
            "RFC 7413 §4.2.2, net/ipv4/tcp_fastopen.c, tcp_fastopen_create_child()",
            "A SYN with a good cookie makes a connection that can be accepted at once, with the SYN's text to be read.",
            "accept() returns before the handshake is over. A SYN that arrives twice can so be served twice."),
    RFC7413_DATA_NOT_ACKED(
            "RFC7413.DATA_NOT_ACKED",
            "RFC 7413 §4.2.1, net/ipv4/tcp_input.c, tcp_rcv_fastopen_synack()",
            "Text of the SYN that the SYN-ACK does not acknowledge is sent again at once.",
            "It was not lost by congestion: the server did not take it, so the congestion window stays."),
    RFC7413_PLAIN_SYN(
            "RFC7413.PLAIN_SYN",
            "RFC 7413 §4.2.1",
            "A SYN that has to be sent again goes without the cookie and without text.",
            "Something on the way may drop SYNs with text or options it does not know: the plain SYN gets through."),
    LINUX_FASTOPEN_QUEUE_FULL(
            "LINUX.FASTOPEN.QUEUE_FULL",
            "RFC 7413 §5.1, net/ipv4/tcp_fastopen.c, tcp_fastopen_queue_check()",
            "With as many unfinished handshakes as TCP_FASTOPEN allows, a SYN is answered as if there were no Fast Open.",
            "The client is not refused. Its text is thrown away, and it sends it again after the handshake."),
    LINUX_SYN_QUEUE_FULL(
            "LINUX.SYNQ.FULL",
            "net/ipv4/tcp_input.c, tcp_conn_request()",
            "A SYN is dropped when the SYN queue holds more half-open connections than the backlog.",
            "The client is not refused: it hears nothing, and sends its SYN again after a second."),
    LINUX_ACCEPT_QUEUE(
            "LINUX.ACCEPTQ",
            "listen(2), accept(2)",
            "A connection waits in the accept queue from the end of its handshake until accept() takes it.",
            "It is ESTABLISHED while it waits: its peer may send, and data is acknowledged, before accept()."),
    LINUX_ACCEPT_QUEUE_FULL(
            "LINUX.ACCEPTQ.FULL",
            "net/ipv4/tcp_ipv4.c, tcp_v4_syn_recv_sock()",
            "While the accept queue holds more than the backlog, SYNs and last ACKs of handshakes are dropped.",
            "The client believes that it is connected, because it has the SYN-ACK: its data is lost until there is room."),
    LINUX_ABORT_ON_OVERFLOW(
            "LINUX.ACCEPTQ.ABORT",
            "net.ipv4.tcp_abort_on_overflow",
            "With tcp_abort_on_overflow, a handshake that ends while the accept queue is full is answered with RST.",
            "By default Linux says nothing, so that the client tries again."),
    LINUX_SYN_ACK_RETRIES(
            "LINUX.SYN_ACK.RETRIES",
            "net.ipv4.tcp_synack_retries",
            "A half-open connection is forgotten after its SYN-ACK has been sent again five times in vain.",
            "No RST is sent and no program is told: the request never was a connection."),
    LINUX_LISTENER_CLOSED(
            "LINUX.LISTENER.CLOSED",
            "net/ipv4/inet_connection_sock.c, inet_csk_listen_stop()",
            "Closing a listener resets every connection that still waits to be accepted.",
            "Connections that were accepted are not touched."),
    LINUX_LINEAR_SYN_TIMEOUTS(
            "LINUX.SYN.LINEAR",
            "net.ipv4.tcp_syn_linear_timeouts",
            "The first four SYN timeouts are one second each; only then do they double.",
            "Older kernels and most books double from the first on."),
    LINUX_THIN_LINEAR_TIMEOUTS(
            "LINUX.RTO.THIN",
            "tcp(7), TCP_THIN_LINEAR_TIMEOUTS",
            "With fewer than four segments under way the timeout does not double, six times over.",
            "A stream of rare small messages would else wait longest exactly where one is lost."),
    RFC9293_SEND(
            "RFC9293.SEND",
            "RFC 9293 §3.8.6.2, RFC 5681 §3.1",
            "Data is sent as far as the peer's window and the congestion window let it.",
            "write() has returned long before: it only copies into the send buffer."),
    RFC9293_NAGLE(
            "RFC9293.NAGLE",
            "RFC 896, RFC 9293 §3.7.4, net/ipv4/tcp_output.c, tcp_nagle_test()",
            "Less than a full segment waits while another small segment is not acknowledged.",
            "Full segments never wait for it, and with nothing small under way not even one octet does."),
    LINUX_CORK(
            "LINUX.CORK",
            "tcp(7), TCP_CORK, and send(2), MSG_MORE",
            "While a socket is corked, less than a full segment waits for more, up to 200 ms.",
            "It waits even with nothing under way. Taking the cork out sends it; forgetting to costs the 200 ms."),
    RFC9293_SEND_WINDOW(
            "RFC9293.SEND_WINDOW",
            "RFC 9293 §3.8.6",
            "No more may be unacknowledged than the window that the receiver has offered.",
            "The receiver sets it, by its buffer and by how fast its program reads; the network has no part in it."),
    RFC5681_CWND(
            "RFC5681.CWND",
            "RFC 5681 §3.1",
            "No more may be in flight than the congestion window, the sender's estimate of what the path bears.",
            "It is not in any segment: the receiver does not know it. The smaller of both windows counts."),
    RFC9293_ACK_EVERY_SECOND(
            "RFC9293.ACK_EVERY_SECOND",
            "RFC 9293 §3.8.6.3, RFC 5681 §4.2",
            "At least every second full-sized segment is acknowledged at once.",
            "There is not one ACK for each segment, and none for each recv()."),
    RFC9293_DELAYED_ACK(
            "RFC9293.DELAYED_ACK",
            "RFC 9293 §3.8.6.3, net/ipv4/tcp_input.c, __tcp_ack_snd_check()",
            "An ACK may wait for data to go with it: 40 ms at first, at most 200 ms.",
            "A late ACK is no sign of a loss, and the sender's timeout must allow for it."),
    LINUX_QUICK_ACK(
            "LINUX.QUICKACK",
            "net/ipv4/tcp_input.c, tcp_enter_quickack_mode()",
            "Early in a connection, after a pause, and when a gap is filled, data is acknowledged at once.",
            "The sender is in slow start: every ACK that comes early lets it send more."),
    LINUX_ACK_ON_READ(
            "LINUX.ACK_ON_READ",
            "net/ipv4/tcp.c, __tcp_cleanup_rbuf()",
            "Reading what has arrived may send an ACK that was being held back.",
            "Data was acknowledged, or was about to be, because it was in the kernel: reading is not what the ACK means."),
    RFC9293_WINDOW_UPDATE(
            "RFC9293.WINDOW_UPDATE",
            "RFC 9293 §3.8.6.2.2",
            "When reading has made enough room, an ACK tells the peer of the larger window.",
            "Small gains are not told: that would invite tiny segments (silly window syndrome)."),
    RFC9293_WINDOW_PROBE(
            "RFC9293.WINDOW_PROBE",
            "RFC 9293 §3.8.6.1, net/ipv4/tcp_output.c, tcp_write_wakeup()",
            "While the peer's window is closed and data waits, a probe asks from time to time whether it has opened.",
            "Without it, one lost window update would stop the connection for ever."),
    RFC5681_ACK_OUT_OF_ORDER(
            "RFC5681.ACK_OUT_OF_ORDER",
            "RFC 5681 §4.2",
            "A segment that arrives ahead of a hole is acknowledged at once, with the number of the hole.",
            "Such duplicate ACKs acknowledge nothing new: they tell that something else has arrived."),
    RFC5681_FAST_RETRANSMIT(
            "RFC5681.FAST_RETRANSMIT",
            "RFC 5681 §3.2, RFC 6675, RFC 8985",
            "What later arrivals show to be lost is sent again at once, without waiting for the timeout.",
            "It is not the third duplicate ACK that lost the segment, and the window is halved, not reset to one."),
    RFC5681_SLOW_START_AFTER_TIMEOUT(
            "RFC5681.SLOW_START_AFTER_TIMEOUT",
            "RFC 5681 §3.1",
            "After a timeout, what is taken for lost is sent again in slow start, from a window of one segment.",
            "All that was under way is taken for lost, also what may have arrived."),
    RFC6582_PARTIAL_ACK(
            "RFC6582.PARTIAL_ACK",
            "RFC 6582 §3.2, net/ipv4/tcp_input.c, tcp_newreno_mark_lost()",
            "In recovery without SACK, an ACK that stops short of the recovery point tells where the next hole is: that segment goes again at once.",
            "It does not wait for three more duplicates, and it does not halve the window again: it is still the same loss event."),
    RFC6298_INITIAL_RTO(
            "RFC6298.INITIAL",
            "RFC 6298 (2.1)",
            "Until a round trip has been measured, the retransmission timeout is one second.",
            "The timeout is not a constant: it follows the path."),
    RFC6298_RESTART(
            "RFC6298.RESTART",
            "RFC 6298 (5.1)–(5.3)",
            "The retransmission timer runs while anything is unacknowledged, and starts anew when something is acknowledged.",
            "There is one timer for the connection, not one for each segment."),
    RFC6298_TIMEOUT(
            "RFC6298.TIMEOUT",
            "RFC 6298 (5.4), RFC 5681 §3.1",
            "When the retransmission timer expires, the earliest unacknowledged segment is sent again and the congestion window falls to one segment.",
            "Not everything is sent again at once: only what the small window lets out."),
    RFC6298_SYN_TIMEOUT(
            "RFC6298.SYN_TIMEOUT",
            "RFC 6298 (5.4), tcp(7)",
            "A SYN or SYN-ACK that is not answered in time is sent again.",
            "The program sees nothing of it: its connect() just takes longer."),
    RFC6298_BACKOFF(
            "RFC6298.BACKOFF",
            "RFC 6298 (5.5)",
            "Each timeout in a row doubles the retransmission timeout.",
            "It stays doubled until a segment that was sent only once has been timed (Karn)."),
    RFC8985_LOSS_PROBE(
            "RFC8985.LOSS_PROBE",
            "RFC 8985 §7",
            "When an ACK is overdue, one segment is sent as a probe, well before the timeout.",
            "A loss at the end of a burst has no later segments to show it: the probe makes one."),
    RFC8985_REORDERING(
            "RFC8985.REORDERING",
            "RFC 8985 §6.2",
            "A segment overtaken by a later one is given a quarter of the round trip before it is taken for lost.",
            "Overtaken is not lost: networks reorder."),
    RFC7323_PAWS(
            "RFC7323.PAWS",
            "RFC 7323 §5.3",
            "A segment whose timestamp is older than the last is dropped, and answered with an ACK.",
            "Its sequence number may well be in the window: it is from a former turn of the number circle."),
    RFC5961_OLD_ACK(
            "RFC5961.OLD_ACK",
            "RFC 5961 §5.2",
            "An acknowledgement older than any window can explain is dropped and answered with an ACK.",
            "This is what a blind attacker's guess looks like."),
    RFC5961_CHALLENGE_SYN(
            "RFC5961.CHALLENGE_SYN",
            "RFC 5961 §4.2",
            "A SYN on a synchronized connection is answered with an ACK, and changes nothing.",
            "It does not reset the connection, as older texts say."),
    RFC5961_CHALLENGE_RST(
            "RFC5961.CHALLENGE_RST",
            "RFC 5961 §3.2",
            "A reset that is in the window but not at its edge is answered with an ACK; a true one is sent again.",
            "A reset is believed only with the exact sequence number: others may be forged."),
    RFC9293_ACK_NOT_YET_SENT(
            "RFC9293.ACK_NOT_YET_SENT",
            "RFC 9293 §3.10.7.4",
            "A segment that acknowledges what was never sent is dropped and answered with an ACK.",
            "It does not end the connection."),
    RFC9293_ACK_UNACCEPTABLE(
            "RFC9293.ACK_UNACCEPTABLE",
            "RFC 9293 §3.10.7.4",
            "A segment outside the receive window is dropped and answered with an ACK that says what is expected.",
            "The ACK is not a confirmation: it tells a sender that is out of step where the receiver stands."),
    RFC9293_RESET(
            "RFC9293.RESET",
            "RFC 9293 §3.10.7.4",
            "A reset ends the connection at once; calls report ECONNRESET, or EPIPE once the peer had closed.",
            "Nothing acknowledges a reset, and what was under way is lost."),
    RFC9293_CONNECTION_REFUSED(
            "RFC9293.REFUSED",
            "RFC 9293 §3.10.7.3",
            "A reset that acknowledges our SYN means that nobody listens there: connect() reports ECONNREFUSED.",
            "The host is up and answered: a host that is down answers nothing."),
    RFC9293_RESET_CLOSED(
            "RFC9293.RESET_CLOSED",
            "RFC 9293 §3.10.7.1",
            "A segment for which there is no socket is answered with RST.",
            "The kernel does that by itself: no program is there to refuse."),
    RFC9293_RESET_LISTEN(
            "RFC9293.RESET_LISTEN",
            "RFC 9293 §3.10.7.2",
            "An ACK to a listening socket is answered with RST: it belongs to no connection.",
            "That happens to a peer that still believes in a connection of before a restart."),
    RFC9293_RESET_BAD_ACK(
            "RFC9293.RESET_BAD_ACK",
            "RFC 9293 §3.10.7.3, §3.10.7.4",
            "Before a connection is synchronized, an ACK of what was not sent is answered with RST.",
            "An old duplicate of a former connection must not open a new one."),
    RFC9293_USER_TIMEOUT(
            "RFC9293.USER_TIMEOUT",
            "RFC 9293 §3.8.3, net.ipv4.tcp_retries2",
            "After too many timeouts without an answer the connection is given up; calls report ETIMEDOUT.",
            "TCP does not try for ever, and by default Linux tries for about a quarter of an hour."),
    RFC9293_KEEP_ALIVE(
            "RFC9293.KEEP_ALIVE",
            "RFC 9293 §3.8.4, tcp(7), SO_KEEPALIVE",
            "A connection with SO_KEEPALIVE on which nothing has come for two hours is probed.",
            "Without it a silent connection lives on although the peer may have died."),
    RFC9293_SHUTDOWN(
            "RFC9293.SHUTDOWN",
            "RFC 9293 §3.6, shutdown(2)",
            "shutdown(SHUT_WR) sends FIN after all that was written; the socket can still receive.",
            "It closes one direction only, and is no close(): the descriptor stays open."),
    RFC9293_CLOSE(
            "RFC9293.CLOSE",
            "RFC 9293 §3.10.4, close(2)",
            "close() of the last descriptor sends FIN after all that was written, and returns at once.",
            "close() returning says nothing about whether the peer has got the data."),
    RFC9293_CLOSE_FIN(
            "RFC9293.FIN",
            "RFC 9293 §3.10.4",
            "FIN goes out with the last data, or by itself, and takes up one sequence number.",
            "FIN means: I send no more. It does not mean: stop sending to me."),
    RFC9293_FIN_ACKED(
            "RFC9293.FIN_ACKED",
            "RFC 9293 §3.10.7.4",
            "In FIN_WAIT_1, the ACK of our FIN leads to FIN_WAIT_2: now the peer's FIN is waited for.",
            "Half the connection is closed; the peer may still send."),
    RFC9293_PEER_FIN(
            "RFC9293.PEER_FIN",
            "RFC 9293 §3.10.7.4",
            "The peer's FIN leads to CLOSE_WAIT: recv() returns 0 once everything before it is read.",
            "The kernel does not close for the program: CLOSE_WAIT lasts until close() is called."),
    RFC9293_ACK_OF_FIN(
            "RFC9293.ACK_OF_FIN",
            "RFC 9293 §3.10.7.4",
            "A FIN is acknowledged at once.",
            "It is an octet of the sequence like any other, though nobody can read it."),
    RFC9293_LAST_ACK(
            "RFC9293.LAST_ACK",
            "RFC 9293 §3.10.7.4",
            "In LAST_ACK, the ACK of our FIN ends the connection.",
            "The end that closed last has no TIME_WAIT."),
    RFC9293_SIMULTANEOUS_CLOSE(
            "RFC9293.SIMULTANEOUS_CLOSE",
            "RFC 9293 §3.6, figure 13",
            "FINs that cross lead through CLOSING to TIME_WAIT on both ends.",
            "Both ends closed first, so both wait."),
    RFC9293_TIME_WAIT(
            "RFC9293.TIME_WAIT",
            "RFC 9293 §3.6.1, include/net/tcp.h, TCP_TIMEWAIT_LEN",
            "The end that closed first keeps the 4-tuple for 60 seconds: to acknowledge a FIN that comes again, and to let old segments die.",
            "It is no fault and takes no descriptor; but bind() to its port needs SO_REUSEADDR."),
    RFC9293_TIME_WAIT_REOPEN(
            "RFC9293.TIME_WAIT_REOPEN",
            "RFC 9293 §3.6.1, RFC 6191",
            "A SYN that is certainly new may open a connection on a 4-tuple in TIME_WAIT.",
            "Only the peer's side can do that: its sequence number or timestamp shows that it is new."),
    LINUX_TIME_WAIT_RESET(
            "LINUX.TIME_WAIT.RESET",
            "net.ipv4.tcp_rfc1337, RFC 1337",
            "A reset ends TIME_WAIT, unless tcp_rfc1337 forbids it.",
            "RFC 1337 warns of this; Linux allows it by default."),
    RAW_PACKET(IpRules.RAW_PACKET),
    LINUX_NETFILTER_DROP(
            "LINUX.NETFILTER.DROP",
            "iptables(8), DROP",
            "A packet that a rule of the firewall is about is dropped before TCP or UDP sees it.",
            "Nobody answers: its sender cannot tell this host from one that is switched off."),
    LINUX_NETFILTER_REJECT(
            "LINUX.NETFILTER.REJECT",
            "iptables-extensions(8), REJECT",
            "A packet that the firewall rejects is answered with an ICMP message.",
            "The answer tells its sender that a host is there and what it thinks, which is why many drop."),
    LINUX_TIME_WAIT_BUCKETS(
            "LINUX.TIME_WAIT.BUCKETS",
            "net.ipv4.tcp_max_tw_buckets, tcp_time_wait()",
            "Where there are tcp_max_tw_buckets connections in TIME_WAIT already, one more is forgotten at once.",
            "That saves memory and gives up what TIME_WAIT is for: a FIN that comes again meets a reset."),
    LINUX_FIN_WAIT_2(
            "LINUX.FIN_WAIT_2",
            "net.ipv4.tcp_fin_timeout, tcp(7), TCP_LINGER2",
            "A connection that no program holds waits 60 seconds in FIN_WAIT_2 for the peer's FIN.",
            "While a program still holds it, after shutdown(), it waits as long as the program likes."),
    LINUX_ORPHANS(
            "LINUX.ORPHANS",
            "net.ipv4.tcp_max_orphans",
            "Only so many connections that no program holds are kept: one too many is reset.",
            "So a host that is left with many half-closed peers does not run out of memory."),
    RFC9293_CLOSE_LISTEN(
            "RFC9293.CLOSE_LISTEN",
            "RFC 9293 §3.10.4",
            "Closing a listening socket just deletes it: there is no peer to tell.",
            "The port is free at once for others to listen on, if no connection of it is left."),
    RFC9293_ABORT(
            "RFC9293.ABORT",
            "RFC 9293 §3.10.4, §3.10.5",
            "Closing before the handshake is over gives the connection up.",
            "No FIN is sent: there is nothing to finish."),
    LINUX_LINGER_ZERO(
            "LINUX.LINGER_ZERO",
            "socket(7), SO_LINGER, tcp_close()",
            "close() with SO_LINGER on and zero seconds sends RST and throws away what was not sent.",
            "It avoids TIME_WAIT at the price of losing data."),
    RFC2525_UNREAD_DATA(
            "RFC2525.UNREAD",
            "RFC 2525 §2.17, tcp_close()",
            "close() with data that was not read sends RST: the peer must learn that it was lost.",
            "The peer may lose what we had sent as well, although we closed in order."),
    RFC1122_DATA_AFTER_CLOSE(
            "RFC1122.DATA_AFTER_CLOSE",
            "RFC 1122 §4.2.2.13",
            "Data for a program that has closed is answered with RST.",
            "After shutdown(SHUT_WR) one may still receive; after close() nobody is there to."),
    RFC1122_ICMP_ON_CONNECT(
            "RFC1122.ICMP_ON_CONNECT",
            "RFC 1122 §4.2.3.9, tcp_v4_err()",
            "While connecting, an ICMP unreachable message ends the attempt.",
            "Once connected the same message is only remembered: routes come and go."),
    RFC1191_TOO_BIG(
            "RFC1191.TOO_BIG",
            "RFC 1191 §3, tcp_v4_mtu_reduced()",
            "When a router says that a packet was too big, what did not get through is sent again at once in smaller segments.",
            "The congestion window is not reduced: size, not load, was the reason."),
    RFC4821_MTU_PROBE(
            "RFC4821.MTU_PROBE",
            "RFC 4821 §7, net.ipv4.tcp_mtu_probing",
            "One segment larger than the others tries whether the path takes it.",
            "No router has to answer: its acknowledgement, or its loss, is the answer."),
    RFC6069_REVERT(
            "RFC6069.REVERT",
            "RFC 6069 §5, tcp_ld_RTO_revert()",
            "An ICMP message that the host or net cannot be reached, about what timed out, takes one doubling of the timeout back.",
            "The connection is not given up: the path may be repaired at any moment."),
    RFC4987_SYN_COOKIE(
            "RFC4987.SYN_COOKIE",
            "RFC 4987 §3.6, net.ipv4.tcp_syncookies",
            "When the SYN queue is full, the SYN-ACK's sequence number holds what the queue would have held: nothing is kept.",
            "The connection is not refused, but unless timestamps are on it loses window scaling and SACK."),
    RFC3168_ECHO(
            "RFC3168.ECHO",
            "RFC 3168 §6.1.3",
            "Once a segment has come marked CE, every ACK says ECE until the peer says CWR.",
            "Nothing was lost: a router that could have dropped the packet has marked it instead."),
    RFC3168_CWR(
            "RFC3168.CWR",
            "RFC 3168 §6.1.2",
            "The first new data after the congestion window was reduced says CWR, so that the peer may stop saying ECE.",
            "The sender reduces once for each window, not once for each ECE."),
    LINUX_FQ_DEPARTURE(
            "LINUX.FQ.DEPARTURE",
            "tc-fq(8), net/sched/sch_fq.c",
            "A packet names the time at which it may leave, and the queueing discipline holds it until then.",
            "The sender has sent it as far as TCP knows: what waits here counts as under way."),
    LINUX_PACING(
            "LINUX.PACING",
            "SO_MAX_PACING_RATE, tcp_pacing_check()",
            "After each segment a paced socket waits as long as its octets take at the pacing rate.",
            "Without fq or SO_MAX_PACING_RATE there is no pacing: Reno and CUBIC send what the window lets out at once."),
    RFC1122_SOFT_ERROR(
            "RFC1122.SOFT_ERROR",
            "RFC 1122 §4.2.3.9, ip(7), IP_RECVERR",
            "With IP_RECVERR, an ICMP error about a connection is reported to the program.",
            "The connection goes on all the same."),
    RFC1812_FORWARDING(RouterRules.FORWARDING),
    RFC1812_NO_ROUTE(RouterRules.NO_ROUTE),
    LINUX_ROUTE_BLACKHOLE(RouterRules.BLACKHOLE),
    LINUX_ROUTE_UNREACHABLE(RouterRules.UNREACHABLE),
    LINUX_ROUTE_PROHIBIT(RouterRules.PROHIBIT),
    RFC1812_TTL_EXCEEDED(RouterRules.TTL_EXCEEDED),
    RFC1191_FRAGMENTATION_NEEDED(RouterRules.FRAGMENTATION_NEEDED),
    RED_EARLY(RouterRules.RED);

    private static final Map<String, Rule> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Rule::id, r -> r));

    private final String id;
    private final String source;
    private final String sentence;
    private final String misunderstanding;

    Rule(RuleText text) {
        this(text.id(), text.source(), text.sentence(), text.misunderstanding());
    }

    Rule(String id, String source, String sentence, String misunderstanding) {
        this.id = id;
        this.source = source;
        this.sentence = sentence;
        this.misunderstanding = misunderstanding;
    }

    /** The rule of this {@link #id}; empty if there is none. */
    public static Optional<Rule> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** As the trace, labs and feedback write it: {@code RFC5681.FAST_RETRANSMIT}. */
    public String id() {
        return id;
    }

    /** RFC and section, man page, or Linux file and function. */
    public String source() {
        return source;
    }

    /** The rule in one plain sentence. */
    public String sentence() {
        return sentence;
    }

    /** What people commonly believe instead, put right. */
    public String misunderstanding() {
        return misunderstanding;
    }

    @Override
    public String toString() {
        return id;
    }
}
