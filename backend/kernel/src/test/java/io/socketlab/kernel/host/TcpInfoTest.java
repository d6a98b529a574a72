package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.socket.TcpInfoField;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Ipv4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TCP_INFO: the struct as Linux 6.18 lays it out, filled from what has happened. */
class TcpInfoTest {

    private TwoHosts net = new TwoHosts();

    private void connected() {
        int fd = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(fd, at(Ipv4Address.ANY, 8080))).value();
        net.call(net.server, new Syscall.Listen(fd, 7)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 8080)));
        net.runFor(100 * MS);
    }

    private void accepted() {
        connected();
        net.call(net.server, new Syscall.Accept(3, 0)).value();
    }

    private void clientSends(int octets) {
        net.call(net.client, new Syscall.Send(3, new byte[octets], 0, Optional.empty()));
    }

    private static TcpInfo info(Host host, int fd) {
        return host.task(1).tcpInfo(fd).orElseThrow();
    }

    private static long field(Host host, int fd, String name) {
        return info(host, fd).field(name).orElseThrow();
    }

    @Test
    void fieldsLieWhereTheKernelsHeaderHasThem() {
        net.tcp(net.server);
        net.call(net.server, new Syscall.Listen(3, 7)).value();
        ByteBuffer struct =
                ByteBuffer.wrap(info(net.server, 3).octets()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(struct.capacity()).isEqualTo(280);
        assertThat(struct.get(0)).isEqualTo((byte) 10); // LISTEN
        assertThat(struct.getInt(28)).isEqualTo(7); // tcpi_sacked: the backlog
        assertThat(struct.getInt(80)).isEqualTo(10); // tcpi_snd_cwnd
        assertThat(struct.getInt(88)).isEqualTo(3); // tcpi_reordering
        assertThat(struct.getLong(104)).isEqualTo(-1); // tcpi_pacing_rate
        assertThat(struct.getLong(112)).isEqualTo(-1); // tcpi_max_pacing_rate
    }

    @Test
    void bitFieldsShareAnOctet() {
        var info = new TcpInfo();
        info.put(TcpInfoField.SND_WSCALE, 7);
        info.put(TcpInfoField.RCV_WSCALE, 9);
        info.put(TcpInfoField.DELIVERY_RATE_APP_LIMITED, 1);
        info.put(TcpInfoField.ACCECN_OPT_SEEN, 0x12345);
        assertThat(info.octets()[6]).isEqualTo((byte) 0x97);
        assertThat(info.octets()[7]).isEqualTo((byte) 1);
        assertThat(info.field("tcpi_accecn_opt_seen")).hasValue(0x2345);
        assertThat(info.field("tcpi_none")).isEmpty();
    }

    @Test
    void countsWhatGoesThroughAConnection() {
        accepted();
        clientSends(5000);
        net.runFor(1000 * MS);
        TcpInfo sender = info(net.client, 3);
        assertThat(sender.get(TcpInfoField.STATE)).isEqualTo(1);
        assertThat(sender.get(TcpInfoField.BYTES_SENT)).isEqualTo(5000);
        assertThat(sender.get(TcpInfoField.BYTES_ACKED)).isEqualTo(5001); // the SYN counts
        assertThat(sender.get(TcpInfoField.DATA_SEGS_OUT)).isEqualTo(4);
        assertThat(sender.get(TcpInfoField.DELIVERED)).isEqualTo(5);
        assertThat(sender.get(TcpInfoField.UNACKED)).isZero();
        assertThat(sender.get(TcpInfoField.RTT)).isEqualTo(20_000);
        assertThat(sender.get(TcpInfoField.MIN_RTT)).isEqualTo(20_000);
        assertThat(sender.get(TcpInfoField.BUSY_TIME)).isEqualTo(20_000);
        assertThat(sender.get(TcpInfoField.LAST_DATA_SENT)).isEqualTo(1000);
        assertThat(sender.get(TcpInfoField.OPTIONS))
                .isEqualTo(TcpInfo.OPT_TIMESTAMPS | TcpInfo.OPT_SACK | TcpInfo.OPT_WSCALE);
        TcpInfo receiver = info(net.server, 4);
        assertThat(receiver.get(TcpInfoField.BYTES_RECEIVED)).isEqualTo(5000);
        assertThat(receiver.get(TcpInfoField.DATA_SEGS_IN)).isEqualTo(4);
        assertThat(receiver.get(TcpInfoField.LAST_DATA_RECV)).isEqualTo(990);
    }

    @Test
    void timeWithAClosedWindowIsThePeers() {
        accepted();
        clientSends(2_000_000);
        net.runFor(5000 * MS);
        assertThat(field(net.client, 3, "tcpi_snd_wnd")).isZero();
        assertThat(field(net.client, 3, "tcpi_rwnd_limited")).isGreaterThan(4_000_000);
        assertThat(field(net.client, 3, "tcpi_busy_time")).isEqualTo(5_000_000);
        assertThat(field(net.client, 3, "tcpi_backoff")).isPositive();
    }

    @Test
    void whatIsSentAgainIsCounted() {
        net = new TwoHosts(new Impairment.DropNth("client", 3));
        accepted();
        clientSends(1000);
        net.runFor(1000 * MS);
        assertThat(field(net.client, 3, "tcpi_bytes_retrans")).isEqualTo(1000);
        assertThat(field(net.client, 3, "tcpi_bytes_sent")).isEqualTo(2000);
        assertThat(field(net.client, 3, "tcpi_total_retrans")).isEqualTo(1);
    }

    @Test
    void theDeliveryRateIsWhatOneRoundTripTakes() {
        accepted();
        clientSends(14_480); // ten segments of 1448, an initial window
        net.runFor(1000 * MS);
        assertThat(field(net.client, 3, "tcpi_delivery_rate")).isBetween(650_000L, 724_000L);
        assertThat(field(net.client, 3, "tcpi_delivery_rate_app_limited")).isEqualTo(1);
    }

    @Test
    void aListenerCountsItsQueue() {
        connected();
        assertThat(field(net.server, 3, "tcpi_unacked")).isEqualTo(1);
        assertThat(net.server.task(1).tcpInfo(net.udp(net.server))).isEmpty();
    }
}
