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
        if (command == Constants.F_DUPFD || command == Constants.F_DUPFD_CLOEXEC) {
            int lowest = args.size() < 3 ? 0 : args.integer(2, "the lowest descriptor to use");
            boolean closeOnExec = command == Constants.F_DUPFD_CLOEXEC;
            return BoundCall.of(new Syscall.FcntlDup(fd, lowest, closeOnExec));
        }
        if (command != Constants.F_SETFL) return number(fd, command);
        if (args.size() < 3) {
            throw args.expected(1, "the flags after F_SETFL, such as O_RDWR|O_NONBLOCK");
        }
        int flags = args.constant(2, Constants.STATUS_FLAG);
        return BoundCall.of(new Syscall.Fcntl(fd, Optional.of(flags)));
    }

    private BoundCall<?> number(int fd, int command) {
        int argument =
                switch (command) {
                    case Syscall.FcntlNumber.F_GETFD,
                            Syscall.FcntlNumber.F_GETOWN,
                            Syscall.FcntlNumber.F_GETSIG ->
                            0;
                    case Syscall.FcntlNumber.F_SETFD -> argument(Constants.DESCRIPTOR_FLAG);
                    case Syscall.FcntlNumber.F_SETSIG -> argument(Constants.SIGNAL);
                    case Syscall.FcntlNumber.F_SETOWN -> {
                        if (args.size() < 3) throw args.expected(1, "a process after F_SETOWN");
                        yield args.integer(2, "a process's number");
                    }
                    default ->
                            throw args.expected(
                                    1,
                                    "one of " + String.join(", ", Constants.FCNTL_COMMAND.names()));
                };
        return BoundCall.of(new Syscall.FcntlNumber(fd, command, argument));
    }

    private int argument(Constants kind) {
        if (args.size() < 3) throw args.expected(1, kind.description() + " after it");
        return args.constant(2, kind);
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

    BoundCall<?> dup3() {
        return BoundCall.of(
                new Syscall.Dup3(
                        args.descriptor(0),
                        args.integer(1, "the new descriptor"),
                        args.constant(2, Constants.OPEN_FLAG)));
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
