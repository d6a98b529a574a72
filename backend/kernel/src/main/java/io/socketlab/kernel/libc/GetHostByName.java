package io.socketlab.kernel.libc;

import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** gethostbyname(3): getaddrinfo(3)'s predecessor, for IPv4 addresses alone. */
public final class GetHostByName implements LibraryFunction<GetHostByName.Result> {

    /** Why it failed: the values of h_errno, netdb.h. */
    public enum Failure {
        HOST_NOT_FOUND(1, "Unknown host"),
        TRY_AGAIN(2, "Host name lookup failure"),
        NO_RECOVERY(3, "Unknown server error"),
        NO_DATA(4, "No address associated with name");

        private final int number;
        private final String text;

        Failure(int number, String text) {
            this.number = number;
            this.text = text;
        }

        /** What hstrerror(3) says. */
        public String text() {
            return text;
        }

        public int number() {
            return number;
        }

        static Failure of(AddrInfoError error) {
            return switch (error) {
                case EAI_AGAIN -> TRY_AGAIN;
                case EAI_NODATA -> NO_DATA;
                case EAI_NONAME -> HOST_NOT_FOUND;
                default -> NO_RECOVERY;
            };
        }
    }

    /**
     * What it gives back: h_name and h_addr_list of struct hostent.
     *
     * @param failure NULL came back, and this was in h_errno
     */
    public record Result(
            Optional<Failure> failure, String canonicalName, List<Ipv4Address> addresses) {
        public Result {
            addresses = List.copyOf(addresses);
        }
    }

    private final String node;

    public GetHostByName(String node) {
        this.node = node;
    }

    /** Whom it looks for. */
    public String node() {
        return node;
    }

    @Override
    public String name() {
        return "gethostbyname";
    }

    /** 0 for a pointer to a struct, -1 for NULL. */
    @Override
    public int result(Result value) {
        return value.failure().isPresent() ? -1 : 0;
    }

    @Override
    public void begin(Caller caller, LibraryEnvironment library, Consumer<Result> onReturn) {
        Optional<Ipv4Address> numeric = NumericAddress.ipv4(node);
        if (numeric.isPresent()) {
            onReturn.accept(new Result(Optional.empty(), node, List.of(numeric.get())));
            return;
        }
        HostLookup.find(
                caller,
                library,
                node,
                Families.IPV4,
                found ->
                        onReturn.accept(
                                new Result(
                                        found.error().map(Failure::of),
                                        found.canonicalName(),
                                        ipv4(found.addresses()))));
    }

    private static List<Ipv4Address> ipv4(List<IpAddress> addresses) {
        return addresses.stream()
                .filter(Ipv4Address.class::isInstance)
                .map(Ipv4Address.class::cast)
                .toList();
    }

    @Override
    public String text() {
        return "gethostbyname(\"" + node + "\")";
    }

    @Override
    public String text(Result value) {
        if (value.failure().isPresent()) {
            Failure failure = value.failure().get();
            return text() + " = -1 " + failure + " (" + failure.text() + ")";
        }
        return text()
                + " = 0 {h_name=\""
                + value.canonicalName()
                + "\", h_addr_list="
                + value.addresses()
                + "}";
    }
}
