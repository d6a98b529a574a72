package io.socketlab.lab.command;

import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.socket.SocketReport.Domain;
import io.socketlab.kernel.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lays sockets out in columns, as ss(8) does where its output is no terminal. */
final class SsTable {

    /**
     * @param protocol {@code tcp} or {@code udp}
     */
    record Row(String protocol, SocketReport socket) {}

    /** The text of a row, without what stands on the line below it. */
    private record Cells(
            String protocol,
            String state,
            String received,
            String sent,
            String local,
            String localPort,
            String remote,
            String remotePort,
            String process) {}

    private static final Cells HEADER =
            new Cells(
                    "Netid",
                    "State",
                    "Recv-Q",
                    "Send-Q",
                    "Local Address:",
                    "Port",
                    "Peer Address:",
                    "Port",
                    "Process");

    private final SsCommand command;
    private final boolean bothProtocols;

    SsTable(SsCommand command, boolean bothProtocols) {
        this.command = command;
        this.bothProtocols = bothProtocols;
    }

    String print(List<Row> rows) {
        List<Cells> cells = rows.stream().map(this::cells).toList();
        var widths = new Widths(Stream.concat(Stream.of(HEADER), cells.stream()).toList());
        var out = new StringBuilder();
        if (!command.has('H')) out.append(line(HEADER, widths)).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            out.append(line(cells.get(i), widths));
            String detail = SsDetail.of(command, rows.get(i).socket());
            if (!detail.isEmpty()) out.append(command.has('O') ? " " : "\n\t ").append(detail);
            out.append('\n');
        }
        return out.toString();
    }

    private Cells cells(Row row) {
        SocketReport s = row.socket();
        boolean numeric = command.has('n');
        return new Cells(
                row.protocol(),
                Sockets.ssName(s),
                Long.toString(s.receiveQueue()),
                Long.toString(s.sendQueue()),
                address(s.domain(), s.local()) + ":",
                PortNames.of(s.local().port(), numeric),
                address(s.domain(), s.remote()) + ":",
                PortNames.of(s.remote().port(), numeric),
                SsDetail.process(command, s));
    }

    /** {@code *} where addresses of both families are meant. */
    private static String address(Domain domain, Endpoint endpoint) {
        if (!domain.isIpv6()) return endpoint.address().toString();
        if (endpoint.address().isAny()) return domain.ipv6Only() ? "[::]" : "*";
        return "[" + domain.family().outward(endpoint).address() + "]";
    }

    /** The widest text of each column. */
    private static final class Widths {
        private final int[] of = new int[8];

        Widths(List<Cells> rows) {
            for (Cells row : rows) {
                List<String> texts = texts(row);
                for (int i = 0; i < of.length; i++) {
                    of[i] = Math.max(of[i], texts.get(i).length());
                }
            }
        }
    }

    private static List<String> texts(Cells row) {
        return List.of(
                row.protocol,
                row.state,
                row.received,
                row.sent,
                row.local,
                row.localPort,
                row.remote,
                row.remotePort);
    }

    private String line(Cells row, Widths widths) {
        List<String> texts = texts(row);
        var padded = new ArrayList<String>();
        for (int i = 0; i < texts.size(); i++) {
            boolean address = i == 4 || i == 6;
            padded.add(
                    address
                            ? Text.right(texts.get(i), widths.of[i])
                            : Text.left(texts.get(i), widths.of[i]));
        }
        String line =
                (bothProtocols ? padded.get(0) + " " : "")
                        + (showsState() ? padded.get(1) + " " : "")
                        + padded.get(2)
                        + " "
                        + padded.get(3)
                        + " "
                        + padded.get(4)
                        + padded.get(5)
                        + " "
                        + padded.get(6)
                        + padded.get(7)
                        + (row.equals(HEADER) || row.process.isEmpty() ? "" : " ")
                        + row.process;
        return line.stripTrailing();
    }

    /** One state alone need not be said again on each line. */
    private boolean showsState() {
        return command.filter().states().size() != 1;
    }
}
