package io.socketlab.lab.trace;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Looked;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.SequenceRange;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TcbValues;
import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.Watched;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The trace format, written out in full: to change it is to change this test. */
class TraceJsonTest {

    private static final Stamp STAMP = new Stamp(7, 50_000_000, "client", 3, null, null);
    private static final String STAMPED =
            "\"seq\":7,\"at\":50000000,\"host\":\"client\",\"cause\":3,";
    private static final Endpoint CLIENT = new Endpoint(new Ipv4Address(0x0A00_0001), 40000);
    private static final Endpoint SERVER = new Endpoint(new Ipv4Address(0x0A00_0002), 8080);

    @Test
    void writesEveryKindOfEvent() {
        Map<TraceEvent, String> lines = lines();
        lines.forEach((event, json) -> {
            String type = event.getClass().getSimpleName();
            String rest =
                    json.isEmpty() ? STAMPED.substring(0, STAMPED.length() - 1) : STAMPED + json;
            assertThat(TraceJson.line(event)).isEqualTo("{\"type\":\"" + type + "\"," + rest + "}");
            assertThat(event.getClass().getRecordComponents())
                    .as("an object with a key twice loses one of them")
                    .extracting(RecordComponent::getName)
                    .doesNotContain("type", "seq", "at", "host", "cause", "rule", "why");
        });
        Set<Class<?>> shown = lines.keySet().stream().map(Object::getClass).collect(toSet());
        assertThat(TraceEvent.class.getPermittedSubclasses())
                .filteredOn(type -> !shown.contains(type))
                .isEmpty();
    }

    @Test
    void writesTheRuleAndWhyWhereThereAreAny() {
        var stamp = new Stamp(12, 0, "", 0, Rule.RFC9293_SYN_ACK, "a \"reason\" ≤ 3");
        assertThat(TraceJson.line(new TraceEvent.StateChanged(stamp, 1, "LISTEN", "SYN_RECEIVED")))
                .isEqualTo(
                        "{\"type\":\"StateChanged\",\"seq\":12,\"at\":0,\"host\":\"\",\"cause\":0,"
                                + "\"rule\":\"RFC9293.SYN_ACK\",\"why\":\"a \\\"reason\\\" ≤ 3\","
                                + "\"socket\":1,\"from\":\"LISTEN\",\"to\":\"SYN_RECEIVED\"}");
    }

    @Test
    void leavesOutWhatIsNotThere() {
        assertThat(
                        TraceJson.line(
                                new TraceEvent.CallReturned(
                                        STAMP,
                                        1,
                                        4,
                                        "close",
                                        3,
                                        0,
                                        null,
                                        "close(3) = 0",
                                        null,
                                        0,
                                        0)))
                .isEqualTo(
                        "{\"type\":\"CallReturned\","
                                + STAMPED
                                + "\"task\":1,\"call\":4,\"name\":\"close\",\"fd\":3,\"result\":0,\"text\":\"close(3) = 0\",\"toKernel\":0,\"toUser\":0}");
    }

    @Test
    void hashesTheLinesHoweverTheyCome() {
        List<TraceEvent> events = List.copyOf(lines().keySet());
        var growing = new TraceHash();
        String empty = growing.of(List.of());
        growing.of(events.subList(0, 10));

        assertThat(empty)
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(growing.of(events))
                .isEqualTo(growing.of(events))
                .isEqualTo(new TraceHash().of(events))
                .isNotEqualTo(empty);
    }

    private static Map<TraceEvent, String> lines() {
        Map<TraceEvent, String> lines = new LinkedHashMap<>();
        run(lines);
        calls(lines);
        readiness(lines);
        processors(lines);
        commands(lines);
        sockets(lines);
        tcp(lines);
        datagrams(lines);
        links(lines);
        timers(lines);
        return lines;
    }

    private static void run(Map<TraceEvent, String> lines) {
        lines.put(
                new TraceEvent.FaultInjected(STAMP, "drop", 12, 0, ""),
                "\"fault\":\"drop\",\"packet\":12,\"call\":0,\"how\":\"\"");
        lines.put(
                new TraceEvent.LinkChanged(
                        STAMP, "client-server", "server", 10, 0, 5, 100_000, 7, true),
                "\"link\":\"client-server\",\"to\":\"server\",\"delay\":10,\"rate\":0,\"queue\":5,"
                        + "\"loss\":100000,\"jitter\":7,\"cut\":true");
        lines.put(new TraceEvent.HostCrashed(STAMP), "");
        lines.put(new TraceEvent.HostBooted(STAMP), "");
        lines.put(new TraceEvent.HostStalled(STAMP, 2_000_000_000), "\"until\":2000000000");
        lines.put(
                new TraceEvent.HostStarted(STAMP, "10.0.0.1/24", "linux", 1500, 256, 128),
                "\"address\":\"10.0.0.1/24\",\"profile\":\"linux\",\"mtu\":1500,\"rxRing\":256,\"txRing\":128");
        lines.put(
                new TraceEvent.LinkStarted(STAMP, "wire", "client", "server", 10_000_000, 0, 20),
                "\"link\":\"wire\",\"a\":\"client\",\"b\":\"server\",\"delay\":10000000,\"rate\":0,\"queue\":20");
    }

    private static void commands(Map<TraceEvent, String> lines) {
        lines.put(
                new TraceEvent.CommandRun(STAMP, "ss -ta", 0, "State\n\tESTAB"),
                "\"command\":\"ss -ta\",\"status\":0,\"output\":\"State\\n\\tESTAB\"");
        lines.put(
                new TraceEvent.JobStarted(STAMP, 1, "hping3 -S -c 1 server"),
                "\"job\":1,\"command\":\"hping3 -S -c 1 server\"");
        lines.put(
                new TraceEvent.JobPrinted(STAMP, 1, "len=44\n"),
                "\"job\":1,\"output\":\"len=44\\n\"");
        lines.put(new TraceEvent.JobEnded(STAMP, 1, 0), "\"job\":1,\"status\":0");
    }

    private static void calls(Map<TraceEvent, String> lines) {
        byte[] data = {'h', 'i', (byte) 0xFF};
        lines.put(
                new TraceEvent.CallEntered(
                        STAMP, 1, 4, "send", 3, "send(3, \"hi\\xff\", 3, 0)", data, "echo.c:41"),
                "\"task\":1,\"call\":4,\"name\":\"send\",\"fd\":3,\"text\":\"send(3, \\\"hi\\\\xff\\\", 3, 0)\",\"data\":\"aGn/\",\"place\":\"echo.c:41\"");
        lines.put(
                new TraceEvent.CallBlocked(STAMP, 1, 4, 3, 1, "data to read"),
                "\"task\":1,\"call\":4,\"fd\":3,\"events\":1,\"reason\":\"data to read\"");
        lines.put(new TraceEvent.TaskWoken(STAMP, 1, 4, 1), "\"task\":1,\"call\":4,\"events\":1");
        lines.put(
                new TraceEvent.CallReturned(
                        STAMP,
                        1,
                        4,
                        "recv",
                        3,
                        -1,
                        "EAGAIN",
                        "recv(3, 0, 5, 0) = -1 EAGAIN",
                        new byte[0],
                        4,
                        20),
                "\"task\":1,\"call\":4,\"name\":\"recv\",\"fd\":3,\"result\":-1,\"errno\":\"EAGAIN\","
                        + "\"text\":\"recv(3, 0, 5, 0) = -1 EAGAIN\",\"data\":\"\",\"toKernel\":4,\"toUser\":20");
        lines.put(
                new TraceEvent.FunctionEntered(
                        STAMP, 1, 4, "gethostbyname", "gethostbyname(\"a\")", null),
                "\"task\":1,\"function\":4,\"name\":\"gethostbyname\",\"text\":\"gethostbyname(\\\"a\\\")\"");
        lines.put(
                new TraceEvent.FunctionReturned(STAMP, 1, 4, "gethostbyname", -1, "…"),
                "\"task\":1,\"function\":4,\"name\":\"gethostbyname\",\"result\":-1,\"text\":\"…\"");
        lines.put(
                new TraceEvent.TaskStarted(STAMP, 101, 101, 101, 1),
                "\"task\":101,\"process\":101,\"pid\":101,\"by\":1");
        lines.put(new TraceEvent.TaskExited(STAMP, 102), "\"task\":102");
        lines.put(
                new TraceEvent.ProcessExited(STAMP, 102, 101, 0, "SIGPIPE"),
                "\"task\":102,\"process\":101,\"status\":0,\"signal\":\"SIGPIPE\"");
        lines.put(
                new TraceEvent.ProgramOutput(STAMP, 1, "stderr", "bind: Bad address\n"),
                "\"task\":1,\"stream\":\"stderr\",\"text\":\"bind: Bad address\\n\"");
        lines.put(
                new TraceEvent.ProgramFaulted(STAMP, 1, "SIGFPE", "division by zero", "a.c:4"),
                "\"task\":1,\"signal\":\"SIGFPE\",\"message\":\"division by zero\",\"place\":\"a.c:4\"");
        lines.put(
                new TraceEvent.SignalGenerated(STAMP, 1, "SIGCHLD", 0, true),
                "\"task\":1,\"signal\":\"SIGCHLD\",\"by\":0,\"ignored\":true");
        lines.put(
                new TraceEvent.SignalDelivered(STAMP, 1, "SIGALRM", "handler", 4),
                "\"task\":1,\"signal\":\"SIGALRM\",\"action\":\"handler\",\"call\":4");
        lines.put(
                new TraceEvent.FdOpened(STAMP, 1, 3, 2, 7, "socket", "O_RDWR", true),
                "\"task\":1,\"fd\":3,\"socket\":2,\"file\":7,\"object\":\"socket\",\"flags\":\"O_RDWR\",\"closeOnExec\":true");
        lines.put(
                new TraceEvent.FdFlagsSet(STAMP, 1, 3, 7, "O_RDWR|O_NONBLOCK", false),
                "\"task\":1,\"fd\":3,\"file\":7,\"flags\":\"O_RDWR|O_NONBLOCK\",\"closeOnExec\":false");
        lines.put(new TraceEvent.FdClosed(STAMP, 1, 3, 2), "\"task\":1,\"fd\":3,\"socket\":2");
    }

    private static void readiness(Map<TraceEvent, String> lines) {
        var looked = List.of(new Looked(3, 1, 0), new Looked(-1, 0, 0));
        lines.put(
                new TraceEvent.ReadinessScanned(STAMP, 1, 4, 3, 2, 1, looked, 1),
                "\"task\":1,\"call\":4,\"walked\":3,\"scanned\":2,\"ready\":1,"
                        + "\"looked\":[{\"fd\":3,\"asked\":1,\"found\":0},{\"fd\":-1,\"asked\":0,\"found\":0}],\"leftOut\":1");
        lines.put(
                new TraceEvent.InterestChanged(STAMP, 5, 4, 3, "added", 1, 4L),
                "\"epoll\":5,\"fd\":4,\"file\":3,\"change\":\"added\",\"events\":1,\"data\":4");
        lines.put(
                new TraceEvent.ReadyListChanged(STAMP, 5, List.of(new Watched(4, 3)), 0),
                "\"epoll\":5,\"ready\":[{\"fd\":4,\"file\":3}],\"leftOut\":0");
        lines.put(
                new TraceEvent.ReadyListChanged(STAMP, 6, List.of(), 0),
                "\"epoll\":6,\"leftOut\":0");
        lines.put(
                new TraceEvent.KnoteChanged(
                        STAMP, 5, 4L, "EVFILT_READ", "EV_CLEAR", "0", 12L, "queued"),
                "\"kqueue\":5,\"ident\":4,\"filter\":\"EVFILT_READ\",\"flags\":\"EV_CLEAR\",\"fflags\":\"0\",\"data\":12,\"state\":\"queued\"");
    }

    private static void processors(Map<TraceEvent, String> lines) {
        lines.put(new TraceEvent.RunQueueEntered(STAMP, 2, 3), "\"task\":2,\"length\":3");
        lines.put(new TraceEvent.RunQueueLeft(STAMP, 2, 2), "\"task\":2,\"length\":2");
        lines.put(
                new TraceEvent.CpuAcquired(STAMP, 2, 0, 4200, 1),
                "\"task\":2,\"cpu\":0,\"waited\":4200,\"runQueue\":1");
        lines.put(
                new TraceEvent.CpuReleased(STAMP, 2, 0, 3100, "sleeps"),
                "\"task\":2,\"cpu\":0,\"ran\":3100,\"reason\":\"sleeps\"");
    }

    private static void sockets(Map<TraceEvent, String> lines) {
        lines.put(
                new TraceEvent.SocketCreated(STAMP, 2, "tcp", 1),
                "\"socket\":2,\"protocol\":\"tcp\",\"parent\":1");
        lines.put(
                new TraceEvent.SocketBound(STAMP, 2, SERVER),
                "\"socket\":2,\"local\":\"10.0.0.2:8080\"");
        lines.put(
                new TraceEvent.SocketConnected(STAMP, 2, SERVER, CLIENT),
                "\"socket\":2,\"local\":\"10.0.0.2:8080\",\"remote\":\"10.0.0.1:40000\"");
        lines.put(
                new TraceEvent.OptionSet(STAMP, 2, "SO_RCVBUF", "5000", "10000"),
                "\"socket\":2,\"option\":\"SO_RCVBUF\",\"value\":\"5000\",\"effective\":\"10000\"");
        lines.put(
                new TraceEvent.SocketError(STAMP, 2, "ECONNRESET"),
                "\"socket\":2,\"errno\":\"ECONNRESET\"");
        lines.put(new TraceEvent.SocketDestroyed(STAMP, 2), "\"socket\":2");
        lines.put(
                new TraceEvent.SendBufferChanged(STAMP, 2, 100, 50, 87040, 2304),
                "\"socket\":2,\"unacknowledged\":100,\"unsent\":50,\"size\":87040,\"memory\":2304");
        lines.put(
                new TraceEvent.ReceiveBufferChanged(
                        STAMP, 2, 5, 7, 0, 131072, 1792, List.of(new SequenceRange(11, 18))),
                "\"socket\":2,\"readable\":5,\"outOfOrder\":7,\"datagrams\":0,\"size\":131072,\"memory\":1792,\"ahead\":[{\"from\":11,\"end\":18}]");
    }

    private static void tcp(Map<TraceEvent, String> lines) {
        lines.put(
                new TraceEvent.StateChanged(STAMP, 2, "SYN_SENT", "ESTABLISHED"),
                "\"socket\":2,\"from\":\"SYN_SENT\",\"to\":\"ESTABLISHED\"");
        var values = new long[TcbVariable.values().length];
        values[TcbVariable.CWND.ordinal()] = 14_600;
        values[TcbVariable.SND_UNA.ordinal()] = 4_000_000_000L;
        int which = 1 << TcbVariable.CWND.ordinal() | 1 << TcbVariable.SND_UNA.ordinal();
        lines.put(
                new TraceEvent.TcbChanged(STAMP, 2, TcbValues.of(which, i -> values[i])),
                "\"socket\":2,\"changed\":{\"snd.una\":4000000000,\"cwnd\":14600}");
        lines.put(
                new TraceEvent.ListenQueuesChanged(STAMP, 1, 2, 3, 5),
                "\"socket\":1,\"synQueue\":2,\"acceptQueue\":3,\"backlog\":5");
        lines.put(
                new TraceEvent.QueueEntryChanged(STAMP, 1, "accept", 2, CLIENT, true),
                "\"socket\":1,\"queue\":\"accept\",\"child\":2,\"remote\":\"10.0.0.1:40000\",\"entered\":true");
        lines.put(
                new TraceEvent.SegmentSent(
                        STAMP,
                        9,
                        2,
                        CLIENT,
                        SERVER,
                        "S.",
                        4_000_000_000L,
                        1,
                        0,
                        1,
                        64240,
                        "mss 1460",
                        0,
                        1),
                "\"packet\":9,\"socket\":2,\"src\":\"10.0.0.1:40000\",\"dst\":\"10.0.0.2:8080\",\"flags\":\"S.\","
                        + "\"absSeq\":4000000000,\"absAck\":1,\"relSeq\":0,\"relAck\":1,\"window\":64240,"
                        + "\"options\":\"mss 1460\",\"length\":0,\"retransmission\":1");
        lines.put(new TraceEvent.SegmentReceived(STAMP, 9, 2), "\"packet\":9,\"socket\":2");
    }

    private static void datagrams(Map<TraceEvent, String> lines) {
        lines.put(
                new TraceEvent.DatagramSent(STAMP, 9, 2, CLIENT, SERVER, 12),
                "\"packet\":9,\"socket\":2,\"src\":\"10.0.0.1:40000\",\"dst\":\"10.0.0.2:8080\",\"length\":12");
        lines.put(new TraceEvent.DatagramReceived(STAMP, 9, 2), "\"packet\":9,\"socket\":2");
        lines.put(
                new TraceEvent.IcmpSent(
                        STAMP, 9, "10.0.0.2", "10.0.0.1", 3, 3, "port unreachable", 8),
                "\"packet\":9,\"src\":\"10.0.0.2\",\"dst\":\"10.0.0.1\",\"icmpType\":3,\"icmpCode\":3,"
                        + "\"text\":\"port unreachable\",\"about\":8");
        lines.put(
                new TraceEvent.FragmentSent(STAMP, 10, 9, 1480, 500),
                "\"packet\":10,\"of\":9,\"offset\":1480,\"length\":500");
        lines.put(
                new TraceEvent.IcmpReceived(STAMP, 9, 3, 3, "port unreachable"),
                "\"packet\":9,\"icmpType\":3,\"icmpCode\":3,\"text\":\"port unreachable\"");
        lines.put(
                new TraceEvent.FragmentSent(STAMP, 10, 9, 1480, 528),
                "\"packet\":10,\"of\":9,\"offset\":1480,\"length\":528");
    }

    private static void links(Map<TraceEvent, String> lines) {
        lines.put(
                new TraceEvent.QdiscQueued(STAMP, 9, "eth0", "fq", 3),
                "\"packet\":9,\"dev\":\"eth0\",\"qdisc\":\"fq\",\"length\":3");
        lines.put(
                new TraceEvent.PacketMarked(STAMP, 9, "eth0", "red", 3),
                "\"packet\":9,\"dev\":\"eth0\",\"qdisc\":\"red\",\"length\":3");
        lines.put(
                new TraceEvent.TxQueued(STAMP, 9, "eth0", 66, 1, 256, 4, 5),
                "\"packet\":9,\"dev\":\"eth0\",\"length\":66,\"used\":1,\"size\":256,\"head\":4,\"tail\":5");
        lines.put(
                new TraceEvent.WireEntered(STAMP, 9, "eth0", "wire", "server", 60_000_000, 0),
                "\"packet\":9,\"dev\":\"eth0\",\"link\":\"wire\",\"to\":\"server\",\"arrives\":60000000,\"txUsed\":0");
        lines.put(
                new TraceEvent.RxQueued(STAMP, 9, "eth0", 1, 256, 8, 7),
                "\"packet\":9,\"dev\":\"eth0\",\"used\":1,\"size\":256,\"head\":8,\"tail\":7");
        lines.put(
                new TraceEvent.PacketForwarded(STAMP, 9, "eth0", "eth1", 63, "10.2.0.2"),
                "\"packet\":9,\"in\":\"eth0\",\"out\":\"eth1\",\"ttl\":63,\"nextHop\":\"10.2.0.2\"");
        lines.put(new TraceEvent.InterruptRaised(STAMP, "eth0"), "\"dev\":\"eth0\"");
        lines.put(
                new TraceEvent.InterruptHeld(STAMP, "eth0", "rx", 50_000),
                "\"dev\":\"eth0\",\"ring\":\"rx\",\"deadline\":50000");
        lines.put(
                new TraceEvent.NapiPolled(STAMP, "eth0", 64, 3, 2, 64, true),
                "\"dev\":\"eth0\",\"packets\":64,\"rxUsed\":3,\"txCleaned\":2,\"budget\":64,\"repeated\":true");
        lines.put(
                new TraceEvent.PacketJoined(STAMP, 10, 9, 1448),
                "\"packet\":10,\"into\":9,\"length\":1448");
        lines.put(
                new TraceEvent.PacketDropped(STAMP, 9, "link", DropReason.LINK_LOSS),
                "\"packet\":9,\"where\":\"link\",\"reason\":\"LINK_LOSS\"");
    }

    private static void timers(Map<TraceEvent, String> lines) {
        lines.put(
                new TraceEvent.TimerSet(STAMP, 2, "rto", 1_050_000_000),
                "\"socket\":2,\"timer\":\"rto\",\"deadline\":1050000000");
        lines.put(new TraceEvent.TimerCancelled(STAMP, 2, "rto"), "\"socket\":2,\"timer\":\"rto\"");
        lines.put(new TraceEvent.TimerFired(STAMP, 2, "rto"), "\"socket\":2,\"timer\":\"rto\"");
    }
}
