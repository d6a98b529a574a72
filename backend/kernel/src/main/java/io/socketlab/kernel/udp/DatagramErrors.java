package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.ErrorQueue;
import io.socketlab.kernel.socket.IcmpErrno;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.PacketArrival;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.Octets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a datagram socket wants to know of errors, and its error queue. ip(7), ipv6(7): IP_RECVERR,
 * IPV6_RECVERR; net/ipv4/udp.c, udp_err().
 */
final class DatagramErrors {

    private final IpLayer ip;
    private final SocketOptions options;
    private final DatagramIpOptions ipOptions;
    private final @Nullable Ipv6Options ipv6Options;
    private final int header;

    /**
     * @param header octets in front of the data, the second two of them the port that it went to; 0
     *     where there are none
     */
    DatagramErrors(IpLayer ip, DatagramOptions options, int header) {
        this.ip = ip;
        this.options = options.socket();
        this.ipOptions = options.ip();
        this.ipv6Options = options.ipv6();
        this.header = header;
    }

    /**
     * What the socket is to say of an error about a packet of its own; null for nothing. Only a
     * connected socket is told, and only of what is final, unless IP_RECVERR asks for all of it.
     * RFC 1122 §4.1.3.3, ip(7).
     */
    @Nullable Errno meaning(IcmpError error, boolean connected) {
        IcmpErrno meaning = IcmpErrno.of(error.message());
        boolean byIpv6 = isOfIpv6(error);
        boolean tooBig = error.message().isTooBig();
        // __udp6_lib_err() looks at the option before the queue, __udp4_lib_err() at both
        if (tooBig && !(byIpv6 ? acceptPathMtu(error) : heedPathMtu(false))) return null;
        if (areQueued(byIpv6)) queue(error, meaning.errno());
        else if (!connected || !meaning.isFinal() && !(tooBig && heedPathMtu(byIpv6))) return null;
        return meaning.errno();
    }

    private static boolean isOfIpv6(IcmpError error) {
        return error.original() instanceof Ipv6Header;
    }

    /** Whether others are to know what a router says of the path's MTU: ip_sk_accept_pmtu(). */
    boolean acceptPathMtu(IcmpError error) {
        int mode = mtuDiscover(isOfIpv6(error));
        return mode != Ipv6Options.PMTU_INTERFACE && mode != Ipv6Options.PMTU_OMIT;
    }

    private int mtuDiscover(boolean byIpv6) {
        return byIpv6 && ipv6Options != null ? ipv6Options.mtuDiscover() : ipOptions.mtuDiscover();
    }

    /** IPV6_RECVERR or IP_RECVERR. */
    boolean areQueued(boolean byIpv6) {
        return byIpv6 && ipv6Options != null
                ? ipv6Options.receivesErrors()
                : ipOptions.receivesErrors();
    }

    private boolean heedPathMtu(boolean byIpv6) {
        return mtuDiscover(byIpv6) != Ipv6Options.PMTU_DONT;
    }

    /** Somebody on the way says what became of a datagram. */
    private void queue(IcmpError error, Errno errno) {
        byte[] quoted = error.quoted();
        byte[] data = Arrays.copyOfRange(quoted, header, quoted.length);
        int port = header == 0 ? 0 : Octets.getShort(quoted, 2);
        var to = options.family().outward(new Endpoint(error.original().destination(), port));
        var arrival = PacketArrival.ofError(error.carrier(), error.interfaceIndex());
        long at = options.tellsArrivals() ? ip.now() : SocketOptions.NOT_STAMPED;
        add(ErrorQueue.Entry.icmp(error.message(), errno, data, to, arrival, at));
    }

    /** What was to be sent is larger than {@code mtu}, which is what would have fitted. */
    void queueTooBig(int mtu, Endpoint to) {
        add(ErrorQueue.Entry.local(Errno.EMSGSIZE, mtu, options.family().outward(to)));
    }

    private void add(ErrorQueue.Entry entry) {
        options.errorQueue().add(entry, options.receiveBuffer());
    }
}
