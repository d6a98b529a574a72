package io.socketlab.lab.script;

import io.socketlab.kernel.libc.AddrInfo;
import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.libc.GetHostByName;
import io.socketlab.kernel.libc.Hints;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Field;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads getaddrinfo() and gethostbyname(). */
final class NameBinder {

    private static final List<String> MEMBERS =
            List.of("ai_flags", "ai_family", "ai_socktype", "ai_protocol");

    private final Args args;

    NameBinder(Args args) {
        this.args = args;
    }

    /**
     * @param address reads what stands in the list of what is to be found
     */
    BoundCall<?> getAddrInfo(Function<Argument, Endpoint> address) {
        var request =
                new GetAddrInfo.Request(
                        text(0, "a name such as \"www.example.com\", or NULL"),
                        text(1, "a service such as \"http\" or \"80\", or NULL"),
                        args.size() > 2 && !args.isNull(2)
                                ? Optional.of(hints())
                                : Optional.empty());
        var function = new GetAddrInfo(request);
        if (args.size() < 4 || args.isEllipsis(3)) {
            return new BoundCall<>(function, _ -> Optional.empty());
        }
        List<Endpoint> expected = elements(args.get(3)).stream().map(address).toList();
        return new BoundCall<>(
                function,
                result ->
                        BoundCall.compare(
                                expected,
                                result.found().stream()
                                        .map(AddrInfo::address)
                                        .distinct()
                                        .toList()));
    }

    BoundCall<?> getHostByName() {
        String name =
                text(0, "a name such as \"www.example.com\"")
                        .orElseThrow(() -> args.expected(0, "a name"));
        return new BoundCall<>(new GetHostByName(name), _ -> Optional.empty());
    }

    private Optional<String> text(int i, String what) {
        if (args.isNull(i)) return Optional.empty();
        if (args.get(i) instanceof Text text) return Optional.of(text.octets());
        throw args.expected(i, what);
    }

    private Hints hints() {
        if (!(args.get(2) instanceof Struct struct)) {
            throw args.expected(2, "{ai_socktype=SOCK_STREAM}, or NULL");
        }
        for (Field field : struct.fields()) {
            if (!MEMBERS.contains(field.name())) {
                throw args.expected(
                        field.value(), "one of the members " + String.join(", ", MEMBERS));
            }
        }
        return new Hints(
                member(struct, "ai_flags", Constants.ADDRESS_FLAG),
                member(struct, "ai_family", Constants.DOMAIN),
                member(struct, "ai_socktype", Constants.SOCKET_TYPE),
                member(struct, "ai_protocol", Constants.PROTOCOL));
    }

    private int member(Struct struct, String name, Constants kind) {
        return struct.field(name).map(value -> args.constant(value, kind)).orElse(0);
    }

    private List<Argument> elements(Argument argument) {
        if (argument instanceof Array(_, List<Argument> elements)) return elements;
        if (argument instanceof Ellipsis) return List.of();
        throw args.expected(argument, "addresses such as [10.0.0.2:80], or ...");
    }
}
