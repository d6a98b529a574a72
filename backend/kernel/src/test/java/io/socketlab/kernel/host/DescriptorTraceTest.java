package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.TraceEvent.FdFlagsSet;
import io.socketlab.kernel.trace.TraceEvent.FdOpened;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The trace has the table of descriptors: which open file each number is, and its flags. */
class DescriptorTraceTest {

    private final TwoHosts net = new TwoHosts();

    private FdOpened opened() {
        return net.events(FdOpened.class).getLast();
    }

    @Test
    void dupMakesAnotherNumberForTheSameOpenFile() {
        int fd = net.tcp(net.client);
        FdOpened socket = opened();
        assertThat(socket.object()).isEqualTo("socket");
        assertThat(socket.flags()).isEqualTo("O_RDWR");
        net.call(net.client, new Syscall.Dup(fd)).value();
        assertThat(opened().fd()).isNotEqualTo(fd);
        assertThat(opened().file()).isEqualTo(socket.file());

        net.tcp(net.client);
        assertThat(opened().file()).isNotEqualTo(socket.file());
    }

    @Test
    void whatIsNoSocketSaysWhatItIs() {
        net.call(net.client, new Syscall.Pipe(Syscall.Fcntl.O_CLOEXEC)).value();
        assertThat(net.events(FdOpened.class))
                .extracting(e -> e.object() + " " + e.flags() + " " + e.closeOnExec())
                .containsExactly("pipe O_RDONLY true", "pipe O_WRONLY true");
        net.call(net.client, new Syscall.EpollCreate1(0)).value();
        assertThat(opened().object()).isEqualTo("epoll");
    }

    /** fcntl(2): F_SETFL is of the open file, F_SETFD of the number. */
    @Test
    void fcntlChangesFlags() {
        int fd = net.tcp(net.client);
        int nonBlocking = Syscall.Fcntl.O_NONBLOCK;
        net.call(net.client, new Syscall.Fcntl(fd, Optional.of(nonBlocking))).value();
        FdFlagsSet set = net.events(FdFlagsSet.class).getLast();
        assertThat(set.flags()).isEqualTo("O_RDWR|O_NONBLOCK");
        assertThat(set.file()).isEqualTo(opened().file());
        int closeOnExec = Syscall.FcntlNumber.FD_CLOEXEC;
        int command = Syscall.FcntlNumber.F_SETFD;
        net.call(net.client, new Syscall.FcntlNumber(fd, command, closeOnExec)).value();
        assertThat(net.events(FdFlagsSet.class).getLast().closeOnExec()).isTrue();
    }
}
