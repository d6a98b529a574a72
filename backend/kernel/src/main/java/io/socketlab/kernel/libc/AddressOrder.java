package io.socketlab.kernel.libc;

import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The order in which several addresses are to be tried. RFC 6724 §6 rules 1, 2, 5, 6, 8, 9 and 10,
 * as glibc has them. The source address that goes with each is found by connecting a datagram
 * socket, which sends nothing.
 */
final class AddressOrder {

    private static final int NONE = -1;

    /**
     * @param source which the host would have; empty if it cannot reach the address
     */
    private record Candidate(IpAddress address, Optional<IpAddress> source) {

        boolean isUnreachable() {
            return source.isEmpty();
        }

        boolean isOfOtherScope() {
            return source.filter(s -> AddressPolicy.scope(s) != AddressPolicy.scope(address))
                    .isPresent();
        }

        boolean hasOtherLabel() {
            return source.filter(s -> AddressPolicy.label(s) != AddressPolicy.label(address))
                    .isPresent();
        }

        int precedence() {
            return AddressPolicy.precedence(address);
        }

        int scope() {
            return AddressPolicy.scope(address);
        }
    }

    private final Caller caller;
    private final LibraryEnvironment library;
    private final List<IpAddress> addresses;
    private final int port;
    private final Consumer<List<IpAddress>> then;
    private final List<Candidate> candidates = new ArrayList<>();
    private int fd = NONE;
    private int family;

    private AddressOrder(
            Caller caller,
            LibraryEnvironment library,
            List<IpAddress> addresses,
            int port,
            Consumer<List<IpAddress>> then) {
        this.caller = caller;
        this.library = library;
        this.addresses = addresses;
        this.port = port;
        this.then = then;
    }

    static void sort(
            Caller caller,
            LibraryEnvironment library,
            List<IpAddress> addresses,
            int port,
            Consumer<List<IpAddress>> then) {
        if (addresses.size() < 2) then.accept(addresses);
        else new AddressOrder(caller, library, addresses, port, then).next();
    }

    /** An IPv6 socket takes IPv4 addresses as well, but not the other way round. */
    private void next() {
        if (candidates.size() == addresses.size()) {
            close(() -> then.accept(sorted()));
            return;
        }
        IpAddress address = addresses.get(candidates.size());
        boolean fits = family == Syscall.Socket.AF_INET6 || address instanceof Ipv4Address;
        if (fd == NONE) open(address);
        else if (fits) reset(address);
        else close(() -> open(address));
    }

    private void close(Runnable next) {
        int open = fd;
        fd = NONE;
        if (open == NONE) next.run();
        else caller.call(new Syscall.Close(open), _ -> next.run());
    }

    private void open(IpAddress address) {
        int type = Syscall.Socket.SOCK_DGRAM | Syscall.Socket.SOCK_CLOEXEC;
        family = address instanceof Ipv6Address ? Syscall.Socket.AF_INET6 : Syscall.Socket.AF_INET;
        caller.call(
                new Syscall.Socket(family, type, 0),
                outcome -> {
                    if (outcome instanceof Done<Integer>(Integer opened)) {
                        fd = opened;
                        connect(address);
                    } else {
                        found(address, Optional.empty());
                    }
                });
    }

    private void reset(IpAddress address) {
        caller.call(new Syscall.Connect(fd, Endpoint.UNSPECIFIED), _ -> connect(address));
    }

    private void connect(IpAddress address) {
        caller.call(
                new Syscall.Connect(fd, new Endpoint(address, port)),
                outcome -> {
                    if (outcome instanceof Done<Integer>) source(address);
                    else found(address, Optional.empty());
                });
    }

    private void source(IpAddress address) {
        caller.call(
                new Syscall.GetSockName(fd),
                outcome ->
                        found(
                                address,
                                outcome instanceof Done<Endpoint>(Endpoint local)
                                        ? Optional.of(local.address())
                                        : Optional.empty()));
    }

    private void found(IpAddress address, Optional<IpAddress> source) {
        candidates.add(new Candidate(address, source));
        next();
    }

    private List<IpAddress> sorted() {
        return candidates.stream()
                .sorted(
                        Comparator.comparing(Candidate::isUnreachable)
                                .thenComparing(Candidate::isOfOtherScope)
                                .thenComparing(Candidate::hasOtherLabel)
                                .thenComparing(Candidate::precedence, Comparator.reverseOrder())
                                .thenComparingInt(Candidate::scope)
                                .thenComparing(this::commonBits, Comparator.reverseOrder()))
                .map(Candidate::address)
                .toList();
    }

    /** Leading bits that it has in common with its source: of IPv4, on the same network only. */
    private int commonBits(Candidate candidate) {
        if (candidate.source.isEmpty()) return 0;
        IpAddress source = candidate.source.get();
        if (candidate.address instanceof Ipv4Address to) {
            Ipv4Address own = ipv4(source);
            return own.sharesPrefix(to, library.prefixLength(own))
                    ? Integer.numberOfLeadingZeros(own.bits() ^ to.bits())
                    : 0;
        }
        return candidate.address instanceof Ipv6Address to && source instanceof Ipv6Address own
                ? commonBits(to, own)
                : 0;
    }

    private static int commonBits(Ipv6Address a, Ipv6Address b) {
        return a.high() == b.high()
                ? Long.SIZE + Long.numberOfLeadingZeros(a.low() ^ b.low())
                : Long.numberOfLeadingZeros(a.high() ^ b.high());
    }

    private static Ipv4Address ipv4(IpAddress source) {
        if (source instanceof Ipv6Address wide) return wide.unmapped().orElse(Ipv4Address.ANY);
        return source instanceof Ipv4Address ipv4 ? ipv4 : Ipv4Address.ANY;
    }
}
