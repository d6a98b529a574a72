package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.SignalAction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.TraceEvent.FdOpened;
import io.socketlab.kernel.trace.TraceEvent.ProcessExited;
import io.socketlab.kernel.trace.TraceEvent.ProgramFaulted;
import io.socketlab.kernel.trace.TraceEvent.ProgramOutput;
import io.socketlab.kernel.wait.EventMask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Descriptors 0, 1 and 2 of a program that has them: stdin(3), and how it ends by its own mistake.
 */
class StandardStreamsTest {

    private static final int MOST = 40;

    private final StringBuilder read = new StringBuilder();
    private final TwoHosts net = new TwoHosts();

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    private void open(String input) {
        net.server
                .processes()
                .first()
                .standardStreams(octets(input), MOST, (stream, text) -> read.append(text));
    }

    private String read(int count) {
        return new String(
                server(new Syscall.Read(0, count)).value().data(), StandardCharsets.US_ASCII);
    }

    private int write(int fd, byte[] data) {
        return server(new Syscall.Write(fd, data)).value();
    }

    private String printed(String stream) {
        var text = new StringBuilder();
        for (ProgramOutput event : net.events(ProgramOutput.class)) {
            if (event.stream().equals(stream)) text.append(event.text());
        }
        return text.toString();
    }

    @Test
    void aProgramWithoutThemHasNothingThere() {
        assertThat(server(new Syscall.Write(1, octets("x"))).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.Read(0, 1)).errno()).contains(Errno.EBADF);
    }

    @Test
    void inputIsReadToItsEndAndNeverWaitedFor() {
        open("two\nlines\n");

        assertThat(server(new Syscall.Ioctl(0, Syscall.Ioctl.FIONREAD)).value()).isEqualTo(10);
        assertThat(read(4)).isEqualTo("two\n");
        assertThat(read(100)).isEqualTo("lines\n");
        assertThat(read(100)).isEmpty();
        assertThat(server(new Syscall.Write(0, octets("x"))).errno()).contains(Errno.EBADF);
    }

    @Test
    void outputIsInTheTraceByItsStream() {
        open("");

        assertThat(write(1, octets("listening\n"))).isEqualTo(10);
        server(new Syscall.WriteV(2, List.of(octets("bind: "), octets("no\n")))).value();

        assertThat(printed("stdout")).isEqualTo("listening\n");
        assertThat(printed("stderr")).isEqualTo("bind: no\n");
        assertThat(read).hasToString("listening\nbind: no\n");
        assertThat(server(new Syscall.Read(1, 5)).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.Send(1, octets("x"), 0, Optional.empty())).errno())
                .contains(Errno.ENOTSOCK);
    }

    /** As stdio writes a character at a time where it does not buffer. */
    @Test
    void aCharacterMayComeInSeveralWrites() {
        open("");
        for (byte octet : "ä€".getBytes(StandardCharsets.UTF_8)) {
            write(1, new byte[] {octet});
        }
        write(1, new byte[] {(byte) 0xFF});

        assertThat(net.events(ProgramOutput.class))
                .extracting(ProgramOutput::text)
                .containsExactly("ä", "€", "\uFFFD");
    }

    @Test
    void endlessOutputIsNotKept() {
        open("");
        byte[] line = octets("x".repeat(30));

        for (int i = 0; i < 100; i++) assertThat(write(1 + i % 2, line)).isEqualTo(30);

        assertThat(printed("stdout")).isEqualTo("x".repeat(30));
        assertThat(printed("stderr"))
                .isEqualTo("x".repeat(10) + "\n[what it prints from here on is not kept]\n");
    }

    @Test
    void theyAreReadyAtOnce() {
        open("");
        var in = new Syscall.PollFd(0, EventMask.IN, 0);
        var out = new Syscall.PollFd(1, EventMask.OUT, 0);

        var found = server(new Syscall.Poll(List.of(in, out), -1)).value();

        assertThat(found)
                .extracting(Syscall.PollFd::revents)
                .containsExactly(EventMask.IN, EventMask.OUT);
    }

    /** What every program does that hands a socket to its standard input, as inetd(8). */
    @Test
    void theirNumbersAreTheLowestOnceTheyAreClosed() {
        open("");
        assertThat(net.tcp(net.server)).isEqualTo(3);

        server(new Syscall.Close(0)).value();
        assertThat(server(new Syscall.Dup(3)).value()).isZero();
        server(new Syscall.Dup2(3, 1)).value();

        assertThat(server(new Syscall.Write(1, octets("x"))).errno()).contains(Errno.EPIPE);
        assertThat(net.server.task(1).descriptors()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aChildHasThoseOfItsParentAndTheLowestNumbersFreeThatAreFreeThere() {
        open("word");
        server(new Syscall.Close(1)).value();
        server(new Syscall.Fork()).value();

        assertThat(net.call(net.server, 101, new Syscall.Read(0, 2)).value().result()).isEqualTo(2);
        assertThat(read(10)).isEqualTo("rd");
        assertThat(net.call(net.server, 101, new Syscall.Dup(2)).value()).isEqualTo(1);
        net.call(net.server, 101, new Syscall.Write(2, octets("child"))).value();

        assertThat(net.events(ProgramOutput.class).getLast().task()).isEqualTo(101);
        assertThat(net.events(FdOpened.class))
                .filteredOn(e -> e.task() == 1)
                .extracting(FdOpened::object)
                .containsExactly("terminal", "terminal", "terminal");
    }

    @Test
    void aFaultEndsTheProcessWhateverItDoesAboutSignals() {
        server(new Syscall.SigAction(11, SignalAction.IGNORE)).value();
        net.server.task(1).at("server.c:41");

        net.server.task(1).fault(Signal.SIGSEGV, "1 octet at NULL");

        assertThat(net.events(ProgramFaulted.class))
                .extracting(ProgramFaulted::message, ProgramFaulted::place)
                .containsExactly(tuple("1 octet at NULL", "server.c:41"));
        ProcessExited exited = net.events(ProcessExited.class).getLast();
        assertThat(exited.signal()).isEqualTo("SIGSEGV");
        assertThat(exited.stamp().cause())
                .isEqualTo(net.events(ProgramFaulted.class).getLast().stamp().seq());
    }
}
