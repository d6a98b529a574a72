package io.socketlab.kernel.socket;

import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wire.Endpoint;
import java.util.Optional;

/**
 * A socket as the system calls see it. Every method is an attempt (see {@link Outcome}): it answers
 * at once, and where the call would have to wait it says for what. It does not know whether its
 * caller would wait: the call layer makes EAGAIN and EINPROGRESS out of {@code Blocked}.
 */
public interface Socket extends Pollable {

    /** Its number in the trace, on its host. */
    int number();

    /** SOCK_STREAM, and not SOCK_DGRAM. */
    boolean isStream();

    /** bind(2). */
    Outcome<Integer> bind(Endpoint local);

    /** listen(2). */
    Outcome<Integer> listen(int backlog);

    /** accept(2): the connection at the head of the accept queue. */
    Outcome<Socket> accept();

    /**
     * connect(2).
     *
     * @param resumed this call has begun before, and has waited
     */
    Outcome<Integer> connect(Endpoint remote, boolean resumed);

    /** A connect(2) has begun and has not come to an end: another one is told EALREADY. */
    default boolean isConnecting() {
        return false;
    }

    /**
     * send(2), sendto(2), write(2). Takes what there is room for and moves {@code out} on; answers
     * the count once all of it is taken, and {@code Blocked} when it could take no more.
     */
    Outcome<Integer> send(Transmission out);

    /** The sending call is over, whatever came of it: all of {@code out} is taken or not. */
    default void endOfSend(Transmission out) {}

    /** recv(2), recvfrom(2), read(2). */
    Outcome<Received> receive(Reception in);

    /** shutdown(2). */
    Outcome<Integer> shutdown(boolean reading, boolean writing);

    /**
     * The last descriptor has gone. Blocks only where SO_LINGER asks it to.
     *
     * @param resumed this call has begun before, and has waited
     */
    Outcome<Integer> close(boolean resumed);

    /** getsockname(2); 0.0.0.0:0 if not bound. */
    Endpoint localEndpoint();

    /** getpeername(2); empty if not connected. */
    Optional<Endpoint> remoteEndpoint();

    /** Whom accept(2) names as the peer: also of a connection that is over by then. */
    default Endpoint acceptedPeer() {
        return remoteEndpoint().orElse(Endpoint.ANY);
    }

    /** setsockopt(2). */
    Outcome<Integer> setOption(SocketOption option, OptionValue value);

    /** getsockopt(2). SO_ERROR also clears the error. */
    Outcome<OptionValue> getOption(SocketOption option);

    /** getsockopt(2) has given the value of {@code option}: TCP_SAVED_SYN is given once. */
    default void given(SocketOption option) {}

    /** What level SOL_SOCKET holds. */
    SocketOptions options();

    /** How full its buffers are now. */
    SocketLevels levels();

    /** getsockopt(TCP_INFO); empty for what is no stream socket. */
    default Optional<TcpInfo> tcpInfo() {
        return Optional.empty();
    }

    /** FIONREAD (SIOCINQ): octets that can be read; for datagrams, the length of the first. */
    Outcome<Integer> readableOctets();

    /** SIOCOUTQ: octets in the send buffer, sent and unacknowledged ones among them. */
    Outcome<Integer> unacknowledgedOctets();

    /** SIOCOUTQNSD: octets in the send buffer that have not been sent at all. */
    default Outcome<Integer> unsentOctets() {
        return new Outcome.Failed<>(Errno.ENOTTY);
    }

    /** SIOCATMARK: 1 if the next octet to be read is the urgent one. sockatmark(3). */
    default Outcome<Integer> isAtMark() {
        return new Outcome.Failed<>(Errno.ENOTTY);
    }

    /** Who stood in the way when its last call failed with EADDRINUSE, in words. */
    default Optional<String> refusal() {
        return Optional.empty();
    }
}
