package io.socketlab.lab.script;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Binds kevent(2). */
final class KqueueBinder {

    private static final String EVENT =
            "an event such as {ident=3, filter=EVFILT_READ, flags=EV_ADD}";

    private static final Set<Integer> OF_DESCRIPTORS =
            Set.of(Kevent.EVFILT_READ, Kevent.EVFILT_WRITE, Kevent.EVFILT_VNODE);

    private final Args args;

    KqueueBinder(Args args) {
        this.args = args;
    }

    BoundCall<?> kevent() {
        int n = args.size();
        var changes = new ArrayList<Kevent>();
        for (Struct change : list(1)) {
            if (change.field("ident").isEmpty() || change.field("filter").isEmpty()) {
                throw args.expected(change, "a change with ident= and filter=");
            }
            changes.add(event(change));
        }
        if (n > 4 && args.integer(2, "how many changes there are") != changes.size()) {
            throw args.expected(2, changes.size() + ", the number of changes");
        }
        var call =
                new Syscall.Kevent(
                        args.descriptor(0),
                        changes,
                        args.integer(n - 2, "how many events at most"),
                        new TimeReader(args).read(n - 1));
        if (n < 6 || args.isEllipsis(3) || args.isNull(3)) return BoundCall.of(call);
        List<Struct> expected = list(3);
        return new BoundCall<>(call, actual -> compare(expected, actual));
    }

    private List<Struct> list(int i) {
        if (args.isNull(i)) return List.of();
        List<Argument> elements =
                args.get(i) instanceof Array(_, List<Argument> several)
                        ? several
                        : List.of(args.get(i));
        var events = new ArrayList<Struct>();
        for (Argument element : elements) {
            if (!(element instanceof Struct struct)) {
                throw args.expected(element, EVENT + ", a list of such, or NULL");
            }
            events.add(struct);
        }
        return events;
    }

    private Kevent event(Struct event) {
        int filter = field(event, "filter", Constants.KEVENT_FILTER);
        int flags = field(event, "flags", Constants.KEVENT_FLAG);
        return new Kevent(
                ident(event, filter),
                filter,
                flags,
                field(event, "fflags", Constants.KEVENT_NOTE, Constants.EXTENDED_ERROR),
                field(event, "data", Constants.EXTENDED_ERROR),
                field(event, "udata", Constants.EXTENDED_ERROR));
    }

    private int ident(Struct event, int filter) {
        String what = "an identifier, a descriptor or a number of your own";
        Optional<Argument> ident = event.field("ident");
        if (ident.isEmpty()) return 0;
        return OF_DESCRIPTORS.contains(filter)
                ? args.descriptor(ident.get(), what)
                : args.integer(ident.get(), what, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private int field(Struct event, String name, Constants... kinds) {
        return event.field(name).map(value -> args.constant(value, kinds)).orElse(0);
    }

    // ---- what it gave back

    private Optional<BoundCall.Difference> compare(List<Struct> expected, List<Kevent> actual) {
        for (int i = 0; i < expected.size(); i++) {
            Struct written = expected.get(i);
            if (i >= actual.size()) {
                return Optional.of(new BoundCall.Difference("event " + (i + 1), "no such event"));
            }
            Kevent wanted = event(written);
            Optional<BoundCall.Difference> difference = compare(written, wanted, actual.get(i));
            if (difference.isPresent()) return difference;
        }
        return Optional.empty();
    }

    /** Only what is written is compared. */
    private static Optional<BoundCall.Difference> compare(
            Struct written, Kevent wanted, Kevent found) {
        return differs(written, "ident", Kevent::ident, wanted, found)
                .or(() -> differs(written, "filter", Kevent::filter, wanted, found))
                .or(() -> differs(written, "flags", Kevent::flags, wanted, found))
                .or(() -> differs(written, "fflags", Kevent::fflags, wanted, found))
                .or(() -> differs(written, "data", Kevent::data, wanted, found))
                .or(() -> differs(written, "udata", Kevent::udata, wanted, found));
    }

    private static Optional<BoundCall.Difference> differs(
            Struct written, String name, ToLongFunction<Kevent> field, Kevent wanted, Kevent got) {
        if (written.field(name).isEmpty()) return Optional.empty();
        if (field.applyAsLong(wanted) == field.applyAsLong(got)) return Optional.empty();
        return Optional.of(new BoundCall.Difference(wanted.toString(), got.toString()));
    }
}
