package io.socketlab.lab.run;

import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.Invocation;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step.CallStep;
import java.util.List;

/** What the calls of a run hand over and get, and how much of it there may be. */
final class MovedOctets {

    /** Of all calls of a run together. */
    static final long MOST = 1 << 26;

    private MovedOctets() {}

    /**
     * Refuses a call that moves too much.
     *
     * @throws ScriptException if that many octets are too many for a run
     */
    static void check(Source source, CallStep step, long octets) {
        if (octets <= MOST) return;
        throw new ScriptException(
                source.file(),
                step.position(),
                "expected fewer octets; a run can move " + MOST + " in all");
    }

    /** What a call hands over or asks for. */
    static long of(Invocation<?> call) {
        return switch (call) {
            case Syscall.Send send -> send.data().length;
            case Syscall.Write write -> write.data().length;
            case Syscall.Recv recv -> recv.count();
            case Syscall.Read read -> read.count();
            case Syscall.SendMsg send -> octets(send.message().iov());
            case Syscall.WriteV write -> octets(write.iov());
            case Syscall.RecvMsg message -> rooms(message.room().iov());
            case Syscall.ReadV read -> rooms(read.iov());
            case Syscall.SendMmsg many ->
                    many.messages().stream().mapToLong(m -> octets(m.iov())).sum();
            case Syscall.RecvMmsg many ->
                    many.rooms().stream().mapToLong(room -> rooms(room.iov())).sum();
            case Invocation<?> _ -> 0;
        };
    }

    /** What a call asked for and did not get, once it has returned: nothing of that is kept. */
    static long unread(Invocation<?> call, Outcome<?> outcome) {
        return switch (call) {
            case Syscall.Recv _,
                    Syscall.Read _,
                    Syscall.RecvMsg _,
                    Syscall.ReadV _,
                    Syscall.RecvMmsg _ ->
                    of(call) - read(outcome);
            case Invocation<?> _ -> 0;
        };
    }

    private static long read(Outcome<?> outcome) {
        if (!(outcome instanceof Outcome.Done<?>(var value))) return 0;
        return switch (value) {
            case Received received -> received.data().length;
            case Syscall.ReceivedMessages(var messages, _) ->
                    messages.stream().mapToLong(m -> m.data().length).sum();
            case null, default -> 0;
        };
    }

    private static long octets(List<byte[]> buffers) {
        return buffers.stream().mapToLong(b -> b.length).sum();
    }

    private static long rooms(List<Integer> lengths) {
        return lengths.stream().mapToLong(n -> n).sum();
    }
}
