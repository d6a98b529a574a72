package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Descriptors of every kind, and what moves between them. pipe(7), splice(2), sendfile(2). */
class DescriptorScenarioTest {

    private final TwoHosts net = new TwoHosts();

    private <R> TwoHosts.Answer<R> server(Syscall<R> call) {
        return net.call(net.server, call);
    }

    private void connected() {
        int listener = net.tcp(net.server);
        server(new Syscall.Bind(listener, at(Ipv4Address.ANY, 80))).value();
        server(new Syscall.Listen(listener, 5)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        server(new Syscall.Accept(listener, 0)).value();
    }

    private void clientSends(String text) {
        net.call(net.client, new Syscall.Send(3, octets(text), 0, Optional.empty())).value();
        net.runFor(50 * MS);
    }

    private String read(int fd) {
        return new String(
                server(new Syscall.Read(fd, 100)).value().data(),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aPipeGivesWhatWasWrittenAndThenItsEnd() {
        Syscall.PipeEnds pipe = server(new Syscall.Pipe(0)).value();
        assertThat(pipe).isEqualTo(new Syscall.PipeEnds(3, 4));
        var waiting = net.call(net.server, 2, new Syscall.Read(3, 100));
        server(new Syscall.Write(4, octets("hello"))).value();
        net.runFor(1);
        assertThat(waiting.value().data()).isEqualTo(octets("hello"));
        assertThat(server(new Syscall.Write(3, octets("x"))).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.Read(4, 1)).errno()).contains(Errno.EBADF);
        server(new Syscall.Close(4)).value();
        assertThat(read(3)).isEmpty();
    }

    /** import_iovec(), import_ubuf(), rw_verify_area(); the answers are those of Linux 6.18. */
    @Test
    void lengthsThatNoBufferCanHaveAreRefusedOnceTheDescriptorIsFoundGood() {
        server(new Syscall.Pipe(0)).value();
        int socket = net.tcp(net.server);
        var negative = List.of(10, -1);
        var many = java.util.Collections.nCopies(1025, 1);
        assertThat(server(new Syscall.Read(99, -1)).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.ReadV(99, many)).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.RecvMsg(3, many, 0)).errno()).contains(Errno.ENOTSOCK);
        assertThat(server(new Syscall.Read(3, -1)).errno()).contains(Errno.EFAULT);
        assertThat(server(new Syscall.ReadV(3, negative)).errno()).contains(Errno.EINVAL);
        assertThat(server(new Syscall.ReadV(4, negative)).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.ReadV(3, many)).errno()).contains(Errno.EINVAL);
        assertThat(server(new Syscall.RecvMsg(socket, negative, 0)).errno()).contains(Errno.EINVAL);
        assertThat(server(new Syscall.RecvMsg(socket, many, 0)).errno()).contains(Errno.EMSGSIZE);
        assertThat(server(new Syscall.Splice(3, socket, -1, 0)).errno()).contains(Errno.EINVAL);
    }

    @Test
    void buffersOfMoreThanTwoGigabytesAreRoomLikeAnyOther() {
        server(new Syscall.Pipe(0)).value();
        var huge = List.of(Integer.MAX_VALUE, Integer.MAX_VALUE);
        server(new Syscall.Write(4, octets("abc"))).value();
        assertThat(server(new Syscall.ReadV(3, huge)).value().data()).isEqualTo(octets("abc"));
        connected();
        int accepted = 6;
        clientSends("abc");
        var message = server(new Syscall.RecvMsg(accepted, huge, 0));
        assertThat(message.value().data()).isEqualTo(octets("abc"));
        clientSends("abc");
        var received = server(new Syscall.Recv(accepted, -1, 0, false));
        assertThat(received.value().data()).isEqualTo(octets("abc"));
    }

    @Test
    void aTimeoutBeyondTheEndOfTimeNeverComes() {
        server(new Syscall.Pipe(0)).value();
        net.runFor(MS);
        var entry = new Syscall.PollFd(3, 1, 0);
        var waiting = net.call(net.server, 2, new Syscall.Ppoll(List.of(entry), Long.MAX_VALUE));
        net.runFor(3_600_000L * MS);
        assertThat(waiting.text()).isEqualTo("waiting");
        server(new Syscall.Write(4, octets("x"))).value();
        net.runFor(1);
        assertThat(waiting.value().getFirst().revents()).isEqualTo(1);
    }

    @Test
    void aFullPipeHoldsItsWriterAndAnAbandonedOneFailsIt() {
        server(new Syscall.Pipe(0)).value();
        var writing = net.call(net.server, 2, new Syscall.Write(4, new byte[70_000]));
        assertThat(writing.text()).isEqualTo("waiting");
        assertThat(server(new Syscall.Read(3, 60_000)).value().result()).isEqualTo(60_000);
        net.runFor(1);
        assertThat(writing.value()).isEqualTo(70_000);
        server(new Syscall.Close(3)).value();
        assertThat(server(new Syscall.Write(4, octets("x"))).errno()).contains(Errno.EPIPE);
    }

    @Test
    void spliceEchoesPastTheProgram() {
        connected();
        server(new Syscall.Pipe(0)).value();
        clientSends("round");
        assertThat(server(new Syscall.Splice(4, 6, 100, 0)).value()).isEqualTo(5);
        assertThat(server(new Syscall.Splice(5, 4, 100, 0)).value()).isEqualTo(5);
        net.runFor(50 * MS);
        var echoed = net.call(net.client, new Syscall.Recv(3, 100, 0, false)).value();
        assertThat(echoed.data()).isEqualTo(octets("round"));
        assertThat(server(new Syscall.Splice(4, 4, 100, 0)).errno()).contains(Errno.EINVAL);
    }

    @Test
    void sendfileGoesOnWhereItWas() {
        connected();
        net.server.files().write("/srv/page", octets("abcdef"));
        int file = server(new Syscall.Open("/srv/page", 0)).value();
        assertThat(server(new Syscall.SendFile(4, file, Optional.empty(), 4)).value()).isEqualTo(4);
        assertThat(server(new Syscall.SendFile(4, file, Optional.empty(), 4)).value()).isEqualTo(2);
        assertThat(server(new Syscall.SendFile(4, file, Optional.empty(), 4)).value()).isZero();
        assertThat(server(new Syscall.SendFile(4, file, Optional.of(1L), 2)).value()).isEqualTo(2);
        net.runFor(50 * MS);
        var page = net.call(net.client, new Syscall.Recv(3, 100, 0, false)).value();
        assertThat(page.data()).isEqualTo(octets("abcdefbc"));
        assertThat(server(new Syscall.Open("/srv/none", 0)).errno()).contains(Errno.ENOENT);
    }

    @Test
    void socketCallsAreForSockets() {
        server(new Syscall.Pipe(0)).value();
        var send = new Syscall.Send(4, octets("x"), 0, Optional.empty());
        assertThat(server(send).errno()).contains(Errno.ENOTSOCK);
        assertThat(server(new Syscall.Listen(3, 1)).errno()).contains(Errno.ENOTSOCK);
        assertThat(server(new Syscall.Accept(3, 0)).errno()).contains(Errno.ENOTSOCK);
    }

    @Test
    void dup2ReplacesAndFcntlStartsWhereItIsTold() {
        connected();
        assertThat(server(new Syscall.FcntlDup(4, 10)).value()).isEqualTo(10);
        assertThat(server(new Syscall.Dup2(4, 3)).value()).isEqualTo(3);
        net.runFor(50 * MS);
        clientSends("x");
        assertThat(read(3)).isEqualTo("x");
        assertThat(server(new Syscall.Dup2(77, 3)).errno()).contains(Errno.EBADF);
        assertThat(server(new Syscall.FcntlDup(4, -1)).errno()).contains(Errno.EINVAL);
        var next = net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.runFor(100 * MS);
        assertThat(next.errno()).contains(Errno.ECONNREFUSED); // the listener was closed
    }

    @Test
    void buffersAreGatheredAndScattered() {
        connected();
        var parts = List.of(octets("he"), octets(""), octets("llo"));
        assertThat(server(new Syscall.WriteV(4, parts)).value()).isEqualTo(5);
        net.runFor(50 * MS);
        var message = new Syscall.RecvMsg(3, List.of(2, 0, 9), 0);
        assertThat(net.call(net.client, message).value().data()).isEqualTo(octets("hello"));
        var many = java.util.Collections.nCopies(1025, new byte[0]);
        assertThat(server(new Syscall.WriteV(4, many)).errno()).contains(Errno.EINVAL);
        var tooMany = new Syscall.SendMsg(4, many, 0, Optional.empty());
        assertThat(server(tooMany).errno()).contains(Errno.EMSGSIZE);
    }
}
