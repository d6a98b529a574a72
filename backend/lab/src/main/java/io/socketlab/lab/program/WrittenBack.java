package io.socketlab.lab.program;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.NoAddress;
import io.socketlab.lab.script.Argument;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Text;
import io.socketlab.lab.script.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What calls write to their arguments, as values of a program. */
final class WrittenBack {

    private static final int BUFFER = 1;
    private static final int READ_SET = 1;
    private static final int WRITE_SET = 2;

    private final Position at;

    private WrittenBack(Position at) {
        this.at = at;
    }

    /**
     * What it has written to one of its arguments; empty for nothing.
     *
     * @param place of the argument, from 0
     * @param given what the kernel gave back
     */
    static Optional<Argument> to(int place, Object given, Position at) {
        return new WrittenBack(at).value(place, given);
    }

    private Optional<Argument> value(int place, Object given) {
        return switch (given) {
            case Received received when place == BUFFER -> Optional.of(text(received.data()));
            case Received received -> received.from().map(this::address);
            case Syscall.Selected selected -> Optional.of(set(place, selected));
            case Syscall.Accepted accepted -> Optional.of(address(accepted.peer()));
            case Endpoint endpoint -> Optional.of(address(endpoint));
            case OptionValue option -> Optional.of(option(option));
            case Integer count -> Optional.of(Values.number(at, count));
            case List<?> entries ->
                    Optional.of(new Array(at, entries.stream().map(this::entry).toList()));
            default -> Optional.empty();
        };
    }

    private Text text(byte[] octets) {
        return new Text(at, new String(octets, StandardCharsets.ISO_8859_1));
    }

    private Argument address(Endpoint endpoint) {
        return endpoint.address() instanceof NoAddress
                ? new Text(at, endpoint.toString())
                : new Argument.Address(
                        at, new Argument.Host.Numeric(endpoint.address()), endpoint.port());
    }

    private Array set(int place, Syscall.Selected selected) {
        List<Integer> set =
                switch (place) {
                    case READ_SET -> selected.reading();
                    case WRITE_SET -> selected.writing();
                    default -> selected.exceptional();
                };
        var elements = new ArrayList<Argument>();
        for (int fd : set) elements.add(Values.number(at, fd));
        return new Array(at, elements);
    }

    private Argument option(OptionValue option) {
        return switch (option) {
            case OptionValue.Int(var value) -> Values.number(at, value);
            case OptionValue.Linger(var on, var seconds) ->
                    struct(field("onoff", on ? 1 : 0), field("linger", seconds));
            case OptionValue other -> new Text(at, other.toString());
        };
    }

    private Argument entry(Object entry) {
        return switch (entry) {
            case Syscall.PollFd(var fd, var events, var revents) ->
                    struct(
                            field("fd", fd),
                            field("events", events, EventMask.toString(events)),
                            field("revents", revents, EventMask.toString(revents)));
            case Syscall.EpollEvent(var events, var data) ->
                    struct(
                            field("events", events, EventMask.toEpollString(events)),
                            field("fd", data));
            case Kevent event ->
                    struct(
                            field("ident", event.ident()),
                            field("filter", event.filter()),
                            field("flags", event.flags()),
                            field("fflags", event.fflags()),
                            field("data", event.data()),
                            field("udata", event.udata()));
            default -> throw new IllegalStateException("no value for " + entry);
        };
    }

    private Struct struct(Argument.Field... fields) {
        return new Struct(at, List.of(fields));
    }

    private Argument.Field field(String name, long value) {
        return field(name, value, Long.toString(value));
    }

    private Argument.Field field(String name, long value, String written) {
        return new Argument.Field(at, name, Optional.empty(), Values.named(at, value, written));
    }
}
