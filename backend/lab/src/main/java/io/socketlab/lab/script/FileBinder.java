package io.socketlab.lab.script;

import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Text;
import java.util.List;
import java.util.Optional;

/** Binds the calls about descriptors, and those that move octets from one to another. */
final class FileBinder {

    private final Args args;

    FileBinder(Args args) {
        this.args = args;
    }

    BoundCall<?> fcntl() {
        int fd = args.descriptor(0);
        int command = args.constant(1, Constants.FCNTL_COMMAND);
        if (command == Constants.F_GETFL) {
            return BoundCall.of(new Syscall.Fcntl(fd, Optional.empty()));
        }
        if (command == Constants.F_DUPFD) {
            int lowest = args.size() < 3 ? 0 : args.integer(2, "the lowest descriptor to use");
            return BoundCall.of(new Syscall.FcntlDup(fd, lowest));
        }
        if (command != Constants.F_SETFL) throw args.expected(1, "F_GETFL, F_SETFL or F_DUPFD");
        if (args.size() < 3) {
            throw args.expected(1, "the flags after F_SETFL, such as O_RDWR|O_NONBLOCK");
        }
        int flags = args.constant(2, Constants.STATUS_FLAG);
        return BoundCall.of(new Syscall.Fcntl(fd, Optional.of(flags)));
    }

    BoundCall<?> ioctl() {
        var call = new Syscall.Ioctl(args.descriptor(0), args.constant(1, Constants.REQUEST));
        if (args.size() == 2 || args.isEllipsis(2)) return BoundCall.of(call);
        Integer expected =
                args.integer(
                        args.pointed(args.get(2)), "a count, [300], or ...", 0, Integer.MAX_VALUE);
        return new BoundCall<>(call, actual -> BoundCall.compare(expected, actual));
    }

    BoundCall<?> dup() {
        return BoundCall.of(new Syscall.Dup(args.descriptor(0)));
    }

    BoundCall<?> dup2() {
        return BoundCall.of(
                new Syscall.Dup2(args.descriptor(0), args.integer(1, "the new descriptor")));
    }

    BoundCall<?> open() {
        if (!(args.get(0) instanceof Text path)) throw args.expected(0, "a path, \"/tmp/file\"");
        if (args.size() == 3) args.integer(2, "a mode");
        int flags = args.constant(1, Constants.OPEN_FLAG);
        return BoundCall.of(new Syscall.Open(path.octets(), flags));
    }

    /** The descriptors that are written are what a script calls them: see {@link #pipeNames}. */
    BoundCall<?> pipe(int flags) {
        if (args.size() > 0) pipeNames(args.get(0));
        return BoundCall.of(new Syscall.Pipe(flags));
    }

    private List<Argument> pipeNames(Argument argument) {
        if (argument instanceof Argument.Ellipsis) return List.of();
        if (argument instanceof Array(_, List<Argument> elements) && elements.size() == 2) {
            return elements;
        }
        throw args.expected(argument, "two descriptors, [5, 6], or ...");
    }

    BoundCall<?> sendFile() {
        Optional<Long> offset =
                args.isNull(2)
                        ? Optional.empty()
                        : Optional.of(
                                (long)
                                        args.integer(
                                                args.pointed(args.get(2)),
                                                "an offset, [0], or NULL",
                                                Integer.MIN_VALUE,
                                                Integer.MAX_VALUE));
        return BoundCall.of(
                new Syscall.SendFile(
                        args.descriptor(0), args.descriptor(1), offset, args.octets(3)));
    }

    BoundCall<?> splice() {
        for (int i : new int[] {1, 3}) {
            if (!args.isNull(i)) throw args.expected(i, "NULL for the offset");
        }
        int flags = args.size() == 6 ? args.constant(5, Constants.SPLICE_FLAG) : 0;
        return BoundCall.of(
                new Syscall.Splice(args.descriptor(0), args.descriptor(2), args.octets(4), flags));
    }
}
