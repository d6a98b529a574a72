package io.socketlab.lab.script;

import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.lab.script.Argument.Struct;
import java.util.Optional;

/** Binds the calls about processes, threads and signals. */
final class ProcessBinder {

    private static final String PID = "a process's number";

    private final Args args;

    ProcessBinder(Args args) {
        this.args = args;
    }

    BoundCall<?> bind(String name) {
        return switch (name) {
            case "fork" -> BoundCall.of(new Syscall.Fork());
            case "pthread_create" -> createThread();
            case "pthread_exit" -> exitThread();
            case "exit" -> exit();
            case "wait" -> await();
            case "waitpid" -> waitPid();
            case "getpid" -> BoundCall.of(new Syscall.GetPid());
            case "getppid" -> BoundCall.of(new Syscall.GetPpid());
            case "kill" -> kill();
            case "signal" -> signal();
            case "sigaction" -> sigaction();
            case "sigprocmask" -> sigprocmask();
            case "sigsuspend" -> sigsuspend();
            case "pause" -> BoundCall.of(new Syscall.Pause());
            case "alarm" -> alarm();
            case "getrlimit" -> getrlimit();
            case "setrlimit" -> setrlimit();
            default ->
                    throw new IllegalStateException(
                            name + " is in the catalogue and cannot be bound");
        };
    }

    private BoundCall<?> createThread() {
        if (args.size() == 1) args.room(0);
        return BoundCall.of(new Syscall.PthreadCreate());
    }

    private BoundCall<?> exitThread() {
        if (args.size() == 1 && !args.isNull(0)) throw args.expected(0, "NULL");
        return BoundCall.of(new Syscall.PthreadExit());
    }

    private BoundCall<?> exit() {
        return BoundCall.of(new Syscall.Exit(args.integer(0, "a status")));
    }

    /** {@code wait()}, {@code wait([256])}. */
    private BoundCall<?> await() {
        return waiting(new Syscall.WaitPid(-1, 0), 0);
    }

    private BoundCall<?> waitPid() {
        int options = args.size() == 3 ? args.constant(2, Constants.WAIT_OPTION) : 0;
        return waiting(new Syscall.WaitPid(args.integer(0, PID + ", -1 for any"), options), 1);
    }

    private BoundCall<?> waiting(Syscall.WaitPid call, int statusAt) {
        if (args.size() <= statusAt || args.isEllipsis(statusAt) || args.isNull(statusAt)) {
            return BoundCall.of(call);
        }
        Integer expected =
                args.integer(
                        args.pointed(args.get(statusAt)),
                        "a status, [0], or ...",
                        0,
                        Integer.MAX_VALUE);
        return new BoundCall<>(call, waited -> BoundCall.compare(expected, waited.status()));
    }

    private BoundCall<?> kill() {
        return BoundCall.of(
                new Syscall.Kill(args.integer(0, PID), args.constant(1, Constants.SIGNAL)));
    }

    /** glibc's signal(3) asks for SA_RESTART. */
    private BoundCall<?> signal() {
        SignalAction.Kind kind = handler(args.get(1));
        return BoundCall.of(
                new Syscall.SigAction(
                        args.constant(0, Constants.SIGNAL),
                        new SignalAction(kind, SignalAction.SA_RESTART)));
    }

    private BoundCall<?> sigaction() {
        if (args.size() == 3 && !args.isNull(2)) throw args.expected(2, "NULL");
        if (!(args.get(1) instanceof Struct struct)) {
            throw args.expected(1, "an action, {sa_handler=handler, sa_flags=SA_RESTART}");
        }
        Argument handler =
                struct.field("sa_handler")
                        .orElseThrow(() -> args.expected(struct, "an action with sa_handler="));
        int flags =
                struct.field("sa_flags")
                        .map(f -> args.constant(f, Constants.SIGNAL_FLAG))
                        .orElse(0);
        long mask = struct.field("sa_mask").map(args::signalSet).orElse(0L);
        return BoundCall.of(
                new Syscall.SigAction(
                        args.constant(0, Constants.SIGNAL),
                        new SignalAction(handler(handler), flags, mask)));
    }

    private SignalAction.Kind handler(Argument written) {
        return switch (written.toString()) {
            case "SIG_IGN" -> SignalAction.Kind.SIG_IGN;
            case "SIG_DFL" -> SignalAction.Kind.SIG_DFL;
            case "handler" -> SignalAction.Kind.HANDLER;
            default -> throw args.expected(written, "handler, SIG_IGN or SIG_DFL");
        };
    }

    private BoundCall<?> sigprocmask() {
        if (args.size() == 3 && !args.isNull(2)) throw args.expected(2, "NULL");
        return BoundCall.of(
                new Syscall.SigProcMask(
                        args.constant(0, Constants.MASK_CHANGE), args.signalSet(1)));
    }

    private BoundCall<?> sigsuspend() {
        return BoundCall.of(new Syscall.Masked<>(new Syscall.Pause(), args.signalSet(0)));
    }

    private BoundCall<?> alarm() {
        return BoundCall.of(
                new Syscall.Alarm(
                        args.integer(args.get(0), "a time in seconds", 0, Integer.MAX_VALUE)));
    }

    private BoundCall<?> getrlimit() {
        args.constant(0, Constants.RESOURCE);
        var call = new Syscall.GetRlimit();
        if (args.size() == 1 || args.isEllipsis(1)) return BoundCall.of(call);
        Syscall.Rlimit expected = rlimit(args.get(1));
        return new BoundCall<>(
                call,
                actual ->
                        expected.equals(actual)
                                ? Optional.empty()
                                : Optional.of(
                                        new BoundCall.Difference(
                                                expected.toString(), actual.toString())));
    }

    private BoundCall<?> setrlimit() {
        args.constant(0, Constants.RESOURCE);
        return BoundCall.of(new Syscall.SetRlimit(rlimit(args.get(1))));
    }

    private Syscall.Rlimit rlimit(Argument written) {
        if (!(written instanceof Struct struct)) {
            throw args.expected(written, "limits, {rlim_cur=16, rlim_max=1024}");
        }
        return new Syscall.Rlimit(descriptors(struct, "rlim_cur"), descriptors(struct, "rlim_max"));
    }

    private long descriptors(Struct struct, String name) {
        Argument count =
                struct.field(name)
                        .orElseThrow(() -> args.expected(struct, "limits with " + name + "="));
        return args.integer(count, "a count of descriptors", 0, Integer.MAX_VALUE);
    }
}
