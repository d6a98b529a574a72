package io.socketlab.kernel.libc;

import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The order in which several addresses are to be tried: those that cannot be reached last, and of
 * neighbours the nearest first. RFC 6724 §6 rules 1 and 9, as glibc has them for IPv4. The source
 * address that goes with each is found by connecting a datagram socket, which sends nothing.
 */
final class AddressOrder {

    private record Candidate(Ipv4Address address, Optional<Ipv4Address> source) {}

    private final Caller caller;
    private final LibraryEnvironment library;
    private final List<Ipv4Address> addresses;
    private final int port;
    private final Consumer<List<Ipv4Address>> then;
    private final List<Candidate> candidates = new ArrayList<>();

    private AddressOrder(
            Caller caller,
            LibraryEnvironment library,
            List<Ipv4Address> addresses,
            int port,
            Consumer<List<Ipv4Address>> then) {
        this.caller = caller;
        this.library = library;
        this.addresses = addresses;
        this.port = port;
        this.then = then;
    }

    static void sort(
            Caller caller,
            LibraryEnvironment library,
            List<Ipv4Address> addresses,
            int port,
            Consumer<List<Ipv4Address>> then) {
        if (addresses.size() < 2) {
            then.accept(addresses);
            return;
        }
        int type = Syscall.Socket.SOCK_DGRAM | Syscall.Socket.SOCK_CLOEXEC;
        var order = new AddressOrder(caller, library, addresses, port, then);
        caller.call(
                new Syscall.Socket(Syscall.Socket.AF_INET, type, 0),
                outcome -> {
                    if (outcome instanceof Done<Integer>(Integer fd)) order.connect(fd, 0);
                    else then.accept(addresses);
                });
    }

    private void connect(int fd, int index) {
        if (index == addresses.size()) {
            caller.call(new Syscall.Close(fd), _ -> then.accept(sorted()));
            return;
        }
        Ipv4Address address = addresses.get(index);
        caller.call(
                new Syscall.Connect(fd, new Endpoint(address, port)),
                outcome -> {
                    if (outcome instanceof Done<Integer>) {
                        source(fd, index);
                    } else {
                        candidates.add(new Candidate(address, Optional.empty()));
                        connect(fd, index + 1);
                    }
                });
    }

    private void source(int fd, int index) {
        caller.call(
                new Syscall.GetSockName(fd),
                outcome -> {
                    Optional<Ipv4Address> source =
                            outcome instanceof Done<Endpoint>(Endpoint local)
                                            && local.address() instanceof Ipv4Address own
                                    ? Optional.of(own)
                                    : Optional.empty();
                    candidates.add(new Candidate(addresses.get(index), source));
                    if (index + 1 == addresses.size()) {
                        connect(fd, index + 1);
                    } else {
                        caller.call(
                                new Syscall.Connect(fd, Endpoint.UNSPECIFIED),
                                _ -> connect(fd, index + 1));
                    }
                });
    }

    private List<Ipv4Address> sorted() {
        return candidates.stream()
                .sorted(
                        Comparator.comparing((Candidate c) -> c.source.isEmpty())
                                .thenComparingInt(this::distance))
                .map(Candidate::address)
                .toList();
    }

    /** Bits by which a neighbour differs from this host; 0 for who is not on its network. */
    private int distance(Candidate candidate) {
        if (candidate.source.isEmpty()) return 0;
        Ipv4Address own = candidate.source.get();
        if (!own.sharesPrefix(candidate.address, library.prefixLength(own))) return 0;
        return Integer.SIZE - Integer.numberOfLeadingZeros(own.bits() ^ candidate.address.bits());
    }
}
