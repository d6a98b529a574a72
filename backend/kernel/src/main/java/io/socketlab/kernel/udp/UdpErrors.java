package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.ErrorQueue;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a datagram socket wants to know of errors, and its error queue. ip(7), ipv6(7): IP_RECVERR,
 * IPV6_RECVERR; net/ipv4/udp.c, udp_err().
 */
final class UdpErrors {

    private final SocketOptions options;
    private final UdpIpOptions ipOptions;
    private final @Nullable Ipv6Options ipv6Options;

    UdpErrors(SocketOptions options, UdpIpOptions ipOptions, @Nullable Ipv6Options ipv6Options) {
        this.options = options;
        this.ipOptions = ipOptions;
        this.ipv6Options = ipv6Options;
    }

    /** IPV6_RECVERR or IP_RECVERR. */
    boolean areQueued(boolean byIpv6) {
        return byIpv6 && ipv6Options != null
                ? ipv6Options.receivesErrors()
                : ipOptions.receivesErrors();
    }

    boolean heedPathMtu(boolean byIpv6) {
        return byIpv6 && ipv6Options != null
                ? ipv6Options.mtuDiscover() != Ipv6Options.PMTU_DONT
                : ipOptions.heedsPathMtu();
    }

    /** Somebody on the way says what became of a datagram. */
    void queue(IcmpError error, Errno errno) {
        byte[] quoted = error.quoted();
        byte[] data = Arrays.copyOfRange(quoted, UdpHeader.SIZE, quoted.length);
        int port = Octets.getShort(quoted, 2);
        var to = options.family().outward(new Endpoint(error.original().destination(), port));
        add(ErrorQueue.Entry.icmp(error.message(), errno, data, to, error.from()));
    }

    /** What was to be sent is larger than {@code mtu}, which is what would have fitted. */
    void queueTooBig(int mtu, Endpoint to) {
        add(ErrorQueue.Entry.local(Errno.EMSGSIZE, mtu, options.family().outward(to)));
    }

    private void add(ErrorQueue.Entry entry) {
        options.errorQueue().add(entry, options.receiveBuffer());
    }
}
