package io.socketlab.lab.packetdrill;

import static java.util.Map.entry;

import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.TcpInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The names that code blocks use of the socket that the script is about: linux/tcp.h. */
final class TcpInfoNames implements Function<String, @Nullable Object> {

    private static final Map<String, Long> CONSTANTS =
            Map.ofEntries(
                    entry("TCP_ESTABLISHED", 1L),
                    entry("TCP_SYN_SENT", 2L),
                    entry("TCP_SYN_RECV", 3L),
                    entry("TCP_FIN_WAIT1", 4L),
                    entry("TCP_FIN_WAIT2", 5L),
                    entry("TCP_TIME_WAIT", 6L),
                    entry("TCP_CLOSE", 7L),
                    entry("TCP_CLOSE_WAIT", 8L),
                    entry("TCP_LAST_ACK", 9L),
                    entry("TCP_LISTEN", 10L),
                    entry("TCP_CLOSING", 11L),
                    entry("TCP_CA_Open", 0L),
                    entry("TCP_CA_Disorder", 1L),
                    entry("TCP_CA_CWR", 2L),
                    entry("TCP_CA_Recovery", 3L),
                    entry("TCP_CA_Loss", 4L),
                    entry("TCPI_OPT_TIMESTAMPS", 1L),
                    entry("TCPI_OPT_SACK", 2L),
                    entry("TCPI_OPT_WSCALE", 4L),
                    entry("TCPI_OPT_ECN", 8L),
                    entry("TCPI_OPT_ECN_SEEN", 16L),
                    entry("TCPI_OPT_SYN_DATA", 32L),
                    entry("TCPI_OPT_USEC_TS", 64L),
                    entry("TCPI_OPT_TFO_CHILD", 128L));

    private static final List<String> MEMORY =
            List.of(
                    "SK_MEMINFO_RMEM_ALLOC",
                    "SK_MEMINFO_RCVBUF",
                    "SK_MEMINFO_WMEM_ALLOC",
                    "SK_MEMINFO_SNDBUF",
                    "SK_MEMINFO_FWD_ALLOC",
                    "SK_MEMINFO_WMEM_QUEUED",
                    "SK_MEMINFO_OPTMEM",
                    "SK_MEMINFO_BACKLOG",
                    "SK_MEMINFO_DROPS");

    private final Optional<TcpInfo> info;
    private final List<Integer> memory;

    TcpInfoNames(Optional<Socket> socket) {
        this.info = socket.flatMap(Socket::tcpInfo);
        this.memory = socket.map(TcpInfoNames::memory).orElse(List.of());
    }

    private static List<Integer> memory(Socket socket) {
        return socket.getOption(SocketOption.SO_MEMINFO)
                        instanceof Outcome.Done<OptionValue>(OptionValue.Numbers(var values))
                ? values
                : List.of();
    }

    @Override
    public @Nullable Object apply(String name) {
        Long constant = CONSTANTS.get(name);
        if (constant != null) return constant;
        int at = MEMORY.indexOf(name);
        if (at >= 0 && at < memory.size()) return (long) memory.get(at);
        OptionalLong field = info.map(i -> i.field(name)).orElse(OptionalLong.empty());
        return field.isPresent() ? (Object) field.getAsLong() : null;
    }
}
