package io.socketlab.kernel.libc;

import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * getaddrinfo(3): the addresses and ports that a name and a service stand for. RFC 3493 §6.1; the
 * calls and their order are glibc's, without those that read its own configuration.
 */
public final class GetAddrInfo implements LibraryFunction<GetAddrInfo.Result> {

    private static final int ANY_FAMILY = 0;

    /**
     * Its arguments.
     *
     * @param node a name or a numeric address
     * @param service a name or a port
     * @param hints empty for NULL
     */
    public record Request(Optional<String> node, Optional<String> service, Optional<Hints> hints) {}

    /**
     * What it gives back.
     *
     * @param error why there is nothing
     * @param canonicalName of the host, where AI_CANONNAME asked for it
     */
    public record Result(
            Optional<AddrInfoError> error, List<AddrInfo> found, Optional<String> canonicalName) {
        public Result {
            found = List.copyOf(found);
        }

        static Result failed(AddrInfoError error) {
            return new Result(Optional.of(error), List.of(), Optional.empty());
        }
    }

    /** Who makes the calls, and who waits for the result. */
    private record Context(Caller caller, LibraryEnvironment library, Consumer<Result> onReturn) {

        void fail(AddrInfoError error) {
            onReturn.accept(Result.failed(error));
        }
    }

    /** A kind of socket, with the port that the service has for it. */
    private record Service(SocketKind kind, int port) {}

    private final Request request;
    private final Hints hints;

    public GetAddrInfo(Request request) {
        this.request = request;
        this.hints = request.hints().orElse(Hints.NONE);
    }

    public Request request() {
        return request;
    }

    @Override
    public String name() {
        return "getaddrinfo";
    }

    @Override
    public int result(Result value) {
        return value.error().map(AddrInfoError::number).orElse(0);
    }

    @Override
    public void begin(Caller caller, LibraryEnvironment library, Consumer<Result> onReturn) {
        Optional<AddrInfoError> wrong = wrongArguments();
        if (wrong.isPresent()) onReturn.accept(Result.failed(wrong.get()));
        else services(new Context(caller, library, onReturn));
    }

    private Optional<AddrInfoError> wrongArguments() {
        if (request.node().isEmpty() && request.service().isEmpty()) {
            return Optional.of(AddrInfoError.EAI_NONAME);
        }
        boolean noNameToTell = hints.has(Hints.AI_CANONNAME) && request.node().isEmpty();
        if (hints.hasUnknownFlags() || noNameToTell) return Optional.of(AddrInfoError.EAI_BADFLAGS);
        if (hints.family() != ANY_FAMILY
                && hints.family() != Syscall.Socket.AF_INET
                && hints.family() != Syscall.Socket.AF_INET6) {
            return Optional.of(AddrInfoError.EAI_FAMILY);
        }
        boolean named = request.service().isPresent() && numericPort().isEmpty();
        if (named && hints.has(Hints.AI_NUMERICSERV)) return Optional.of(AddrInfoError.EAI_NONAME);
        List<SocketKind> kinds = SocketKind.matching(hints);
        if (kinds.isEmpty()) {
            return Optional.of(
                    hints.socketType() != 0
                            ? AddrInfoError.EAI_SOCKTYPE
                            : AddrInfoError.EAI_SERVICE);
        }
        boolean chosen = hints.socketType() != 0 || hints.protocol() != 0;
        return chosen && request.service().isPresent() && !kinds.getFirst().hasServices()
                ? Optional.of(AddrInfoError.EAI_SERVICE)
                : Optional.empty();
    }

    /** The service as a number, which is cut to 16 bits; empty if it is a name. */
    private OptionalInt numericPort() {
        String service = request.service().orElse("0");
        return service.matches("[0-9]{1,9}")
                ? OptionalInt.of(Integer.parseInt(service) & 0xFFFF)
                : OptionalInt.empty();
    }

    private void services(Context context) {
        OptionalInt port = numericPort();
        if (port.isPresent()) {
            List<Service> services = new ArrayList<>();
            for (SocketKind kind : kinds()) services.add(new Service(kind, port.getAsInt()));
            addresses(context, services);
            return;
        }
        FileReading.read(
                context.caller,
                ServicesFile.PATH,
                contents -> {
                    List<Service> services = new ArrayList<>();
                    for (SocketKind kind : kinds()) {
                        String name = request.service().orElseThrow();
                        ServicesFile.find(contents, name, kind.serviceProtocol())
                                .ifPresent(p -> services.add(new Service(kind, p)));
                    }
                    if (services.isEmpty()) {
                        context.fail(AddrInfoError.EAI_SERVICE);
                    } else {
                        addresses(context, services);
                    }
                });
    }

    /** With a socket type or protocol given, the first kind that fits; otherwise all of them. */
    private List<SocketKind> kinds() {
        List<SocketKind> kinds = SocketKind.matching(hints);
        boolean chosen = hints.socketType() != 0 || hints.protocol() != 0;
        return chosen ? kinds.subList(0, 1) : kinds;
    }

    private void addresses(Context context, List<Service> services) {
        if (request.node().isEmpty()) {
            sort(context, services, ownAddresses(), "");
            return;
        }
        String node = request.node().get();
        Optional<IpAddress> numeric = NumericAddress.parse(node);
        if (numeric.isPresent()) {
            inFamily(numeric.get())
                    .ifPresentOrElse(
                            address -> finish(context, services, List.of(address), node),
                            () -> context.fail(AddrInfoError.EAI_ADDRFAMILY));
        } else if (hints.has(Hints.AI_NUMERICHOST)) {
            context.fail(AddrInfoError.EAI_NONAME);
        } else {
            HostLookup.find(
                    context.caller,
                    context.library,
                    node,
                    Families.of(hints),
                    found -> found(context, services, found));
        }
    }

    /** Those of a host without a name, which is this one. */
    private List<IpAddress> ownAddresses() {
        boolean passive = hints.has(Hints.AI_PASSIVE);
        Families families = Families.of(hints);
        List<IpAddress> own = new ArrayList<>();
        if (families.ipv6()) own.add(passive ? Ipv6Address.ANY : Ipv6Address.LOOPBACK);
        if (families.ipv4()) own.add(passive ? Ipv4Address.ANY : Ipv4Address.LOOPBACK);
        return own;
    }

    /** The address as the hints want it; empty if it cannot be had so. */
    private Optional<IpAddress> inFamily(IpAddress address) {
        return switch (hints.family()) {
            case Syscall.Socket.AF_INET ->
                    address instanceof Ipv6Address ipv6
                            ? ipv6.unmapped().map(a -> a)
                            : Optional.of(address);
            case Syscall.Socket.AF_INET6 ->
                    address instanceof Ipv6Address || hints.has(Hints.AI_V4MAPPED)
                            ? Optional.of(Families.mapped(address))
                            : Optional.empty();
            default -> Optional.of(address);
        };
    }

    private void found(Context context, List<Service> services, HostLookup.Found found) {
        if (found.error().isPresent()) context.fail(found.error().get());
        else sort(context, services, found.addresses(), found.canonicalName());
    }

    private void sort(
            Context context,
            List<Service> services,
            List<IpAddress> addresses,
            String canonicalName) {
        AddressOrder.sort(
                context.caller,
                context.library,
                addresses,
                services.getFirst().port(),
                sorted -> finish(context, services, sorted, canonicalName));
    }

    private void finish(
            Context context,
            List<Service> services,
            List<IpAddress> addresses,
            String canonicalName) {
        List<AddrInfo> all = new ArrayList<>();
        for (IpAddress address : addresses) {
            for (Service s : services) {
                var endpoint = new Endpoint(address, s.port());
                all.add(new AddrInfo(s.kind().type(), s.kind().protocol(hints), endpoint));
            }
        }
        Optional<String> canonical =
                hints.has(Hints.AI_CANONNAME) ? Optional.of(canonicalName) : Optional.empty();
        context.onReturn.accept(new Result(Optional.empty(), all, canonical));
    }

    @Override
    public String text() {
        return call("...");
    }

    private String call(String result) {
        return "getaddrinfo("
                + quoted(request.node())
                + ", "
                + quoted(request.service())
                + ", "
                + request.hints().map(Hints::toString).orElse("NULL")
                + ", "
                + result
                + ")";
    }

    private static String quoted(Optional<String> text) {
        return text.map(t -> '"' + t + '"').orElse("NULL");
    }

    @Override
    public String text(Result value) {
        if (value.error().isPresent()) {
            AddrInfoError error = value.error().get();
            return call("...") + " = " + error + " (" + error.text() + ")";
        }
        String canonical = value.canonicalName().map(n -> " ai_canonname=\"" + n + '"').orElse("");
        String list =
                value.found().stream()
                        .map(i ->
                                "{ai_socktype="
                                        + SocketKind.typeText(i.socketType())
                                        + ", ai_addr="
                                        + i.address()
                                        + "}")
                        .collect(Collectors.joining(", ", "[", "]"));
        return call(list) + " = 0" + canonical;
    }
}
