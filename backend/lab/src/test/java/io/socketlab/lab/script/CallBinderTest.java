package io.socketlab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.lab.script.Step.CallStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallBinderTest {

    private static final Endpoint SERVER = new Endpoint(address("10.0.0.2"), 8080);

    @Test
    void bindsEveryFormOfAReceivingCall() {
        var plain = new Syscall.Recv(4, 100, 0, false);
        assertThat(bind("recv(4, 100)")).isEqualTo(plain);
        assertThat(bind("recv(4, ..., 100)")).isEqualTo(plain);
        assertThat(bind("recv(4, ..., 100, 0)")).isEqualTo(plain);
        assertThat(bind("recv(4, ..., 100, MSG_PEEK|MSG_DONTWAIT)"))
                .isEqualTo(new Syscall.Recv(4, 100, 0x42, false));
        assertThat(bind("recvfrom(3, 100)")).isEqualTo(new Syscall.Recv(3, 100, 0, true));
        assertThat(bind("recvfrom(3, ..., 100, 0, ..., ...)"))
                .isEqualTo(new Syscall.Recv(3, 100, 0, true));
        assertThat(bind("read(3, 5)"))
                .isEqualTo(bind("read(3, ..., 5)"))
                .isEqualTo(new Syscall.Read(3, 5));
        assertThat(bind("accept(3)"))
                .isEqualTo(bind("accept(3, ..., ...)"))
                .isEqualTo(new Syscall.Accept(3, 0));
        assertThat(bind("accept4(3, ..., ..., SOCK_NONBLOCK)"))
                .isEqualTo(new Syscall.Accept(3, 0x800));
    }

    @Test
    void sendsATextTheBeginningOfOneOrTheAlphabet() {
        assertThat(sent("send(4, \"hello\")")).isEqualTo("hello");
        assertThat(sent("send(4, \"hello\", 2)")).isEqualTo("he");
        assertThat(sent("send(4, \"hello\", 5, 0)")).isEqualTo("hello");
        assertThat(sent("send(4, ..., 28, 0)")).isEqualTo("abcdefghijklmnopqrstuvwxyzab");
        assertThat(sent("send(4, ...+25, 3, 0)")).isEqualTo("zab");
        assertThat(sent("send(4, ...+5000, 4, 0)")).isEqualTo("ijkl");
        assertThat(sent("sendto(4, \"hi\", server:8080)")).isEqualTo("hi");
        assertThat(((Syscall.Write) bind("write(4, \"\")")).data()).isEmpty();
    }

    @Test
    void readsChangesToAKqueue() {
        var change = new Kevent(3, Kevent.EVFILT_READ, Kevent.EV_ADD | Kevent.EV_CLEAR, 1, 100, 7);
        String written =
                "[{ident=3, filter=EVFILT_READ, flags=EV_ADD|EV_CLEAR, fflags=NOTE_LOWAT,"
                        + " data=100, udata=7}]";
        var call = new Syscall.Kevent(4, List.of(change), 10, -1);
        assertThat(bind("kevent(4, " + written + ", 10, NULL)")).isEqualTo(call);
        assertThat(bind("kevent(4, " + written + ", 1, 10, NULL)")).isEqualTo(call);
        assertThat(bind("kevent(4, " + written + ", 1, ..., 10, NULL)")).isEqualTo(call);
        assertThat(bind("kevent(4, NULL, 10, {sec=0, nsec=5})"))
                .isEqualTo(new Syscall.Kevent(4, List.of(), 10, 5));
        assertThatThrownBy(() -> bind("kevent(4, " + written + ", 2, 10, NULL)"))
                .hasMessageContaining("expected 1, the number of changes");
        assertThatThrownBy(() -> bind("kevent(4, [{filter=EVFILT_READ}], 10, NULL)"))
                .hasMessageContaining("a change with ident= and filter=");
        assertThatThrownBy(() -> bind("kevent(4, [{ident=3, filter=EVFILT_REED}], 10, NULL)"))
                .hasMessageContaining("did you mean 'EVFILT_READ'?");
    }

    @Test
    void comparesWhatIsWrittenOfAnEvent() {
        var found = new Kevent(3, Kevent.EVFILT_READ, Kevent.EV_EOF, 0, 5, 7);
        assertThat(difference("{ident=3, flags=EV_EOF, data=5}", found)).isEmpty();
        assertThat(difference("{ident=3, data=6}", found)).isPresent();
        assertThat(difference("[{ident=3}, {ident=4}]", found)).isPresent();
    }

    private static Optional<BoundCall.Difference> difference(String expected, Kevent found) {
        @SuppressWarnings("unchecked") // kevent() gives a list of them
        var call = (BoundCall<List<Kevent>>) bound("kevent(4, NULL, 0, " + expected + ", 9, NULL)");
        return call.givenBack().differs(List.of(found));
    }

    @Test
    void aSetHasNoRoomForADescriptorOf1024() {
        assertThatThrownBy(() -> bind("select(1025, [1024], NULL, NULL, 0)"))
                .hasMessageContaining("below FD_SETSIZE, which is 1024")
                .hasMessageContaining("glibc ends the program");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server:8080",
                "10.0.0.2:8080",
                "{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr(\"10.0.0.2\")}"
            })
    void knowsAnAddressInEachWayToWriteIt(String written) {
        assertThat(bind("connect(3, " + written + ")")).isEqualTo(new Syscall.Connect(3, SERVER));
        assertThat(bind("connect(3, " + written + ", 16)"))
                .isEqualTo(new Syscall.Connect(3, SERVER));
        assertThat(((Syscall.Send) bind("sendto(3, \"x\", 1, 0, " + written + ", 16)")).to())
                .contains(SERVER);
    }

    @Test
    void starIsAnyAddress() {
        assertThat(bind("bind(3, *:0)")).isEqualTo(new Syscall.Bind(3, Endpoint.ANY));
    }

    @Test
    void readsOptionsAndTheirValues() {
        var reuse = new Syscall.SetSockOpt(3, SocketOption.SO_REUSEADDR, new OptionValue.Int(1));
        assertThat(bind("setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4)")).isEqualTo(reuse);
        assertThat(bind("setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 1)")).isEqualTo(reuse);
        assertThat(bind("setsockopt(3, 1, 2, 1)")).isEqualTo(reuse);
        assertThat(bind("setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8)"))
                .isEqualTo(
                        new Syscall.SetSockOpt(
                                3, SocketOption.SO_LINGER, new OptionValue.Linger(true, 0)));
        assertThat(bind("setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, {sec=1, usec=500000})"))
                .isEqualTo(bind("setsockopt(3, SOL_SOCKET, SO_RCVTIMEO, 1500ms)"))
                .isEqualTo(
                        new Syscall.SetSockOpt(
                                3, SocketOption.SO_RCVTIMEO, new OptionValue.Time(1_500_000_000)));
        assertThat(bind("setsockopt(3, SOL_TCP, TCP_CONGESTION, \"cubic\", 5)"))
                .isEqualTo(
                        new Syscall.SetSockOpt(
                                3, SocketOption.TCP_CONGESTION, new OptionValue.Text("cubic")));
    }

    @Test
    void readsTheRest() {
        assertThat(bind("socket(..., SOCK_STREAM, IPPROTO_TCP)"))
                .isEqualTo(new Syscall.Socket(2, 1, 6));
        assertThat(bind("socket(SOCK_DGRAM)")).isEqualTo(new Syscall.Socket(2, 2, 0));
        assertThat(bind("poll([{fd=3, events=POLLIN}], 1, -1)"))
                .isEqualTo(bind("poll([{fd=3, events=POLLIN, revents=POLLIN}], -1)"))
                .isEqualTo(new Syscall.Poll(List.of(new Syscall.PollFd(3, 1, 0)), -1));
        assertThat(bind("fcntl(3, F_GETFL)")).isEqualTo(new Syscall.Fcntl(3, Optional.empty()));
        assertThat(bind("fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK)"))
                .isEqualTo(new Syscall.Fcntl(3, Optional.of(0x802)));
        assertThat(bind("ioctl(3, SIOCINQ, [300])")).isEqualTo(new Syscall.Ioctl(3, 0x541B));
        assertThat(bind("sleep(1.5)"))
                .isEqualTo(bind("sleep(1500ms)"))
                .isEqualTo(new Syscall.Sleep(1_500_000_000));
        assertThat(bind("shutdown(3, SHUT_WR)")).isEqualTo(new Syscall.Shutdown(3, 1));
    }

    @Test
    void comparesWhatIsGivenBack() {
        assertThat(differs("ioctl(3, FIONREAD, [300])", 270))
                .contains(new BoundCall.Difference("300", "270"));
        assertThat(differs("ioctl(3, FIONREAD, [300])", 300)).isEmpty();
        assertThat(differs("ioctl(3, FIONREAD)", 270)).isEmpty();
        assertThat(
                        differs(
                                "getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4])",
                                new OptionValue.Int(111)))
                .contains(new BoundCall.Difference("0", "111"));
        assertThat(differs("getsockname(3, *:8080, ...)", SERVER))
                .contains(new BoundCall.Difference("0.0.0.0:8080", "10.0.0.2:8080"));
        assertThat(
                        differs(
                                "poll([{fd=3, events=POLLIN, revents=0}], 1, 0)",
                                List.of(new Syscall.PollFd(3, 1, 0x11))))
                .contains(
                        new BoundCall.Difference(
                                "fd=3, revents=0", "fd=3, revents=POLLIN|POLLHUP"));
        assertThat(differs("recv(3, 100)", new Received(new byte[0], 0, Optional.empty(), 0)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "lisen(3, 5)               => t:1:1: expected a call, found 'lisen'; did you mean 'listen'?",
                "Accept(3)                 => t:1:1: expected a call, found 'Accept'; did you mean 'accept'?",
                "frobnicate(3)             => t:1:1: expected a call, found 'frobnicate'",
                "listen(3)                 => t:1:9: expected 2 arguments, found 1; write it as listen(fd, backlog)",
                "listen(3, 5, 7)           => t:1:14: expected 2 arguments, found 3; write it as listen(fd, backlog)",
                "close()                   => t:1:7: expected 1 argument, found 0; write it as close(fd)",
                "accept(3, ...)            => t:1:14: expected 1 or 3 arguments, found 2; write it as accept(fd) or accept(fd, addr, addrlen)",
                "listen(x, 5)              => t:1:8: expected a descriptor, the number of a socket, found 'x'",
                "listen(3, \"five\")       => t:1:11: expected the backlog, a number, found the text \"five\"",
                "listen(3, 3000000000)     => t:1:11: expected the backlog, a number from -2147483648 to 2147483647, found '3000000000'",
                "socket(AF_INTE, SOCK_STREAM, 0) => t:1:8: expected a domain such as AF_INET, found 'AF_INTE'; did you mean 'AF_INET'?",
                "socket(AF_INET, SOCK_STREM, 0)  => t:1:17: expected a type of socket such as SOCK_STREAM, found 'SOCK_STREM'; did you mean 'SOCK_STREAM'?",
                "connect(3, [client]:8080) => t:1:12: expected a host with an IPv6 address, found 'client'",
                "connect(3, [sever]:8080) => t:1:12: expected one of the hosts client, server, found 'sever'; did you mean 'server'?",
                "connect(3, [2001::db8::2]:8080) => t:1:12: expected an IPv6 address such as 2001:db8::2, found '2001::db8::2'",
                "connect(3, sever:8080)    => t:1:12: expected one of the hosts client, server, found 'sever'; did you mean 'server'?",
                "connect(3, ...)           => t:1:12: expected an address such as server:8080, 10.0.0.2:8080 or *:8080, found '...'",
                "connect(3, 8080)          => t:1:12: expected an address such as server:8080, 10.0.0.2:8080 or *:8080, found '8080'",
                "bind(3, {sin_port=htons(1)}) => t:1:9: expected {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr(\"10.0.0.2\")}; sa_family is missing",
                "shutdown(4, SHUT_BOTH)    => t:1:13: expected what to shut down such as SHUT_RD, found 'SHUT_BOTH'",
                "shutdown(4, SHUT_WRITE)   => t:1:13: expected what to shut down such as SHUT_RD, found 'SHUT_WRITE'; did you mean 'SHUT_WR'?",
                "send(4, 5)                => t:1:9: expected what to send, \"text\" or ..., found '5'",
                "send(4, ...+x, 5)         => t:1:13: expected from which octet on, as in ...+5000",
                "recv(4, ...+5, 10)        => t:1:9: expected ... for the buffer, found '...+5'",
                "send(4, ...)              => t:1:9: expected how many octets after '...'",
                "send(4, \"hi\", 3)        => t:1:15: expected a count of octets within the text, at most from 0 to 2, found '3'",
                "send(4, ..., 99999999)    => t:1:14: expected a count of octets from 0 to 16777216, found '99999999'",
                "recv(4, \"x\", 5)         => t:1:9: expected ... for the buffer, found the text \"x\"",
                "recv(4, ..., 5, MSG_PEAK) => t:1:17: expected a message flag such as MSG_DONTWAIT, found 'MSG_PEAK'; did you mean 'MSG_PEEK'?",
                "setsockopt(3, SOL_TCP, SO_REUSEADDR, 1) => t:1:15: expected SOL_SOCKET, the level of SO_REUSEADDR, found 'SOL_TCP'",
                "setsockopt(3, SOL_SOCKET, SO_REUSEADR, 1) => t:1:27: expected an option such as SO_DEBUG, found 'SO_REUSEADR'; did you mean 'SO_REUSEADDR'?",
                "setsockopt(3, SOL_SOCKET, 999, 1) => t:1:27: expected an option of level SOL_SOCKET, found '999'",
                "setsockopt(3, SOL_SOCKET, SO_LINGER, 1) => t:1:38: expected {onoff=1, linger=0}, found '1'",
                "fcntl(3, F_SETFL)         => t:1:10: expected the flags after F_SETFL, such as O_RDWR|O_NONBLOCK, found 'F_SETFL'",
                "poll({fd=3}, 1)           => t:1:6: expected a list such as [{fd=3, events=POLLIN}], found '{fd=3}'",
                "poll([{fd=3}], 1)         => t:1:7: expected an entry with events=, found '{fd=3}'",
                "poll([{fd=3, events=POLLIN}], 2, 1) => t:1:31: expected 1, the number of entries, found '2'",
                "sleep(\"x\")              => t:1:7: expected a time such as 1.5 or 50ms, found the text \"x\"",
            })
    void saysWhatItExpected(String call, String message) {
        assertThatThrownBy(() -> bind(call))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
    }

    private static Syscall<?> bind(String call) {
        return bound(call).syscall();
    }

    private static String sent(String call) {
        return new String(
                ((Syscall.Send) bind(call)).data(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    @SuppressWarnings("unchecked") // the test knows what the call gives back
    private static Optional<BoundCall.Difference> differs(String call, Object givenBack) {
        return ((BoundCall<Object>) bound(call)).givenBack().differs(givenBack);
    }

    static BoundCall<?> bound(String call) {
        Source source = Source.of("t", call);
        return new CallBinder(source, hosts()).bind(((CallStep) Parser.line(source)).call());
    }

    private static AddressBook hosts() {
        Map<String, Ipv4Address> hosts = new LinkedHashMap<>();
        hosts.put("client", address("10.0.0.1"));
        hosts.put("server", address("10.0.0.2"));
        return AddressBook.of(hosts, Map.of("server", Ipv6Address.LOOPBACK));
    }

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
