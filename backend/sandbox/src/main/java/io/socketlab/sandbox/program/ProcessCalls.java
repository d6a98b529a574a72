package io.socketlab.sandbox.program;

import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.libc.Hints;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Processes, threads, signals, names, and how a program begins and ends. */
final class ProcessCalls {

    private static final int MOST_TEXT = 1000;
    private static final int RLIMIT_NOFILE = 7;

    /** Nanoseconds. */
    private static final long MICRO = 1000;

    /** Octets of struct rlimit. */
    private static final int RLIMIT = 16;

    /** How the library says what is to be done about a signal. */
    private static final int DEFAULT = 0;

    private static final int IGNORE = 1;

    private ProcessCalls() {}

    static void addTo(CallTable calls) {
        calls.add("getpid", ":i", (p, _) -> p.make(new Syscall.GetPid()));
        calls.add("getppid", ":i", (p, _) -> p.make(new Syscall.GetPpid()));
        calls.add("gethostname", "ii:i", ProcessCalls::hostName);
        calls.add("resolve", "iii:i", ProcessCalls::resolve);
        calls.add("sigaction", "iiil:i", ProcessCalls::action);
        calls.add(Runner.SIGTAKE, ":i", (p, _) -> p.handlers().begin());
        calls.add(Runner.SIGRETURN, ":i", (p, _) -> handlerReturns(p));
        calls.add("sigmask", "ili:i", ProcessCalls::mask);
        calls.add("kill", "ii:i", (p, a) -> p.number(new Syscall.Kill((int) a[0], (int) a[1])));
        calls.add("alarm", "i:i", (p, a) -> p.number(new Syscall.Alarm((int) a[0])));
        calls.add("pause", ":i", (p, _) -> p.number(new Syscall.Pause()));
        calls.add(
                "fork",
                ":i",
                (p, _) ->
                        (Integer)
                                Context.value(
                                        p.ask(
                                                new Asked.Fork(
                                                        p.runner().made(), p.handlers().copy()))));
        calls.add("getrlimit", "ii:i", ProcessCalls::getRlimit);
        calls.add("setrlimit", "ii:i", ProcessCalls::setRlimit);
        calls.add("wait4", "iii:i", ProcessCalls::waitFor);
        calls.add("setitimer", "illi:i", ProcessCalls::setITimer);
        calls.add("getitimer", "ii:i", ProcessCalls::getITimer);
        calls.add("interfaces", "ii:i", ProcessCalls::interfaces);
        addThreads(calls);
        addEnds(calls);
    }

    private static void addThreads(CallTable calls) {
        calls.add(
                "thread_create",
                "iii:i",
                (p, a) ->
                        (Integer)
                                Context.value(
                                        p.ask(
                                                p.runner()
                                                        .newThread(
                                                                (int) a[0],
                                                                (int) a[1],
                                                                (int) a[2]))));
        calls.add("thread_join", "ii:i", ProcessCalls::join);
        calls.add("thread_self", ":i", (p, _) -> (Integer) Context.value(p.ask(new Asked.Self())));
        calls.add(
                "thread_exit",
                "i:",
                (p, a) -> {
                    p.ask(new Asked.EndThread((int) a[0]));
                    throw new Stopped();
                });
        calls.add("futex", "iiil:i", ProcessCalls::futex);
        calls.add("tick", ":i", (_, _) -> 0); // the runner has done it
    }

    private static void addEnds(CallTable calls) {
        calls.add("fatal", "i:", (p, a) -> p.die(p.memory().text(a[0], MOST_TEXT), Signal.SIGABRT));
        String wasi = "wasi_snapshot_preview1.";
        calls.addAs(wasi + "proc_exit", "i:", (p, a) -> p.make(new Syscall.Exit((int) a[0])));
        calls.addAs(wasi + "args_sizes_get", "ii:i", ProcessCalls::argumentSizes);
        calls.addAs(wasi + "args_get", "ii:i", ProcessCalls::arguments);
    }

    private static long action(Context p, long[] a) {
        SignalAction action =
                switch ((int) a[1]) {
                    case DEFAULT -> SignalAction.DEFAULT;
                    case IGNORE -> SignalAction.IGNORE;
                    default -> new SignalAction(SignalAction.Kind.HANDLER, (int) a[2], a[3]);
                };
        return p.number(new Syscall.SigAction((int) a[0], action));
    }

    private static long handlerReturns(Context p) {
        p.handlers().end();
        return p.number(new Syscall.SigReturn());
    }

    /** What was blocked before is stored, unless there is no place for it. */
    private static long mask(Context p, long[] a) {
        if (a[2] != 0) {
            p.memory().int64(a[2]);
            p.memory().put64(a[2], (Long) Context.value(p.ask(new Asked.Mask())));
        }
        return p.number(new Syscall.SigProcMask((int) a[0], a[1]));
    }

    private static long hostName(Context p, long[] a) {
        byte[] name = (p.host() + "\0").getBytes(StandardCharsets.UTF_8);
        if (Integer.compareUnsigned((int) a[1], name.length) < 0) {
            throw new Failure(Errno.ENAMETOOLONG);
        }
        p.memory().put(a[0], name);
        return 0;
    }

    /** The IPv4 addresses of a name, as many as there is room for; 0 if there is no such name. */
    private static long resolve(Context p, long[] a) {
        String name = p.memory().text(a[0], MOST_TEXT);
        var hints = new Hints(0, Structs.AF_INET, Syscall.Socket.SOCK_STREAM, 0);
        var request =
                new GetAddrInfo.Request(Optional.of(name), Optional.empty(), Optional.of(hints));
        GetAddrInfo.Result result = p.make(new GetAddrInfo(request));
        if (result.error().isPresent()) return 0;
        List<Ipv4Address> addresses =
                result.found().stream()
                        .map(found -> found.address().address())
                        .filter(Ipv4Address.class::isInstance)
                        .map(Ipv4Address.class::cast)
                        .limit(Math.max(0, (int) a[2]))
                        .toList();
        for (int i = 0; i < addresses.size(); i++) {
            p.memory().put32(a[1] + 4L * i, Integer.reverseBytes(addresses.get(i).bits()));
        }
        return addresses.size();
    }

    private static long waitFor(Context p, long[] a) {
        if (a[1] != 0) p.memory().int32(a[1]);
        Syscall.Waited waited = p.make(new Syscall.WaitPid((int) a[0], (int) a[2]));
        if (a[1] != 0 && waited.pid() > 0) p.memory().put32(a[1], waited.status());
        return waited.pid();
    }

    /**
     * struct rlimit: two numbers of 64 bits. Of a resource that is none, or not kept here, EINVAL.
     */
    private static long getRlimit(Context p, long[] a) {
        checkResource(a[0]);
        p.memory().octets(a[1], RLIMIT);
        Syscall.Rlimit limit = p.make(new Syscall.GetRlimit());
        p.memory().put64(a[1], limit.soft());
        p.memory().put64(a[1] + Long.BYTES, limit.hard());
        return 0;
    }

    private static long setRlimit(Context p, long[] a) {
        checkResource(a[0]);
        long soft = limit(p.memory().int64(a[1]));
        long hard = limit(p.memory().int64(a[1] + Long.BYTES));
        return p.number(new Syscall.SetRlimit(new Syscall.Rlimit(soft, hard)));
    }

    /** Without sign: RLIM_INFINITY is the greatest. */
    private static long limit(long octets) {
        return octets < 0 ? Long.MAX_VALUE : octets;
    }

    private static void checkResource(long resource) {
        if ((int) resource != RLIMIT_NOFILE) throw new Failure(Errno.EINVAL);
    }

    /** Times are in microseconds, the interval the second: {@code struct itimerval}. */
    private static long setITimer(Context p, long[] a) {
        checkTimer(a[0]);
        if (a[3] != 0) p.memory().octets(a[3], 2L * Long.BYTES);
        var wanted = new Syscall.ITimer(nanos(a[1]), nanos(a[2]));
        return storeTimer(p, a[3], p.make(new Syscall.SetITimer(wanted)));
    }

    private static long nanos(long micros) {
        if (micros < 0) throw new Failure(Errno.EINVAL);
        return Math.min(micros, Long.MAX_VALUE / MICRO) * MICRO;
    }

    private static long getITimer(Context p, long[] a) {
        checkTimer(a[0]);
        p.memory().octets(a[1], 2L * Long.BYTES);
        return storeTimer(p, a[1], p.make(new Syscall.GetITimer()));
    }

    /** What is less than a microsecond is one, so that a timer which runs does not look stopped. */
    private static long storeTimer(Context p, long address, Syscall.ITimer timer) {
        if (address == 0) return 0;
        p.memory().put64(address, (timer.value() + MICRO - 1) / MICRO);
        p.memory().put64(address + Long.BYTES, (timer.interval() + MICRO - 1) / MICRO);
        return 0;
    }

    /** ITIMER_REAL alone: what a program computes takes no time here. */
    private static void checkTimer(long which) {
        if ((int) which != 0) throw new Failure(Errno.EINVAL);
    }

    /** Those of the host, as many as there is room for; answers how many there are. */
    private static long interfaces(Context p, long[] a) {
        var all = (List<?>) Context.value(p.ask(new Asked.Interfaces()));
        int room = Math.max(0, (int) a[1]);
        for (int i = 0; i < Math.min(room, all.size()); i++) {
            p.memory().put(a[0] + (long) Interface.OCTETS * i, ((Interface) all.get(i)).octets());
        }
        return all.size();
    }

    private static long join(Context p, long[] a) {
        int value = (Integer) Context.value(p.ask(new Asked.Join((int) a[0])));
        if (a[1] != 0) p.memory().put32(a[1], value);
        return 0;
    }

    /** FUTEX_WAIT, and FUTEX_WAKE with how many in the place of the value. futex(2). */
    private static long futex(Context p, long[] a) {
        int value = p.memory().int32(a[0]);
        if (a[1] != 0)
            return (Integer) Context.value(p.ask(new Asked.Wake((int) a[0], (int) a[2])));
        if (value != (int) a[2]) throw new Failure(Errno.EAGAIN);
        return (Integer) Context.value(p.ask(new Asked.Sleep((int) a[0], a[3])));
    }

    private static long argumentSizes(Context p, long[] a) {
        int octets = p.arguments().stream().mapToInt(text -> octets(text).length).sum();
        p.memory().put32(a[0], p.arguments().size());
        p.memory().put32(a[1], octets);
        return 0;
    }

    private static long arguments(Context p, long[] a) {
        long at = a[1];
        for (int i = 0; i < p.arguments().size(); i++) {
            byte[] text = octets(p.arguments().get(i));
            p.memory().put32(a[0] + 4L * i, (int) at);
            p.memory().put(at, text);
            at += text.length;
        }
        return 0;
    }

    private static byte[] octets(String argument) {
        return (argument + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
