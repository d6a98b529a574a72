package io.socketlab.lab.check;

import io.socketlab.lab.check.Metric.Selector;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of a host's sockets a metric is about. */
record SocketChoice(TraceIndex index, Scope scope) {

    /** In the order in which they came to be. */
    List<TraceIndex.SocketFacts> sockets(Metric.Variable variable) {
        List<TraceIndex.SocketFacts> all = index.sockets(variable.host());
        return switch (variable.selector()) {
            case Selector.Connections _ -> those(all, SocketChoice::isConnection);
            case Selector.Listening(var port) -> those(all, s -> s.listened && isBoundTo(s, port));
            case Selector.Child(var number) -> nth(those(all, s -> s.parent != 0), number);
            case Selector.Connection(var number) ->
                    nth(those(all, SocketChoice::isConnection), Optional.of(number));
            case Selector.Udp(var port) ->
                    those(
                            all,
                            s ->
                                    s.protocol.equals("udp")
                                            && (port.isEmpty() || isBoundTo(s, port.get())));
        };
    }

    private static List<TraceIndex.SocketFacts> those(
            List<TraceIndex.SocketFacts> all, Predicate<TraceIndex.SocketFacts> which) {
        return all.stream().filter(which).toList();
    }

    private static boolean isConnection(TraceIndex.SocketFacts socket) {
        return socket.protocol.equals("tcp") && !socket.listened;
    }

    private boolean isBoundTo(TraceIndex.SocketFacts socket, Expression port) {
        return socket.local != null
                && Evaluation.constant(port, scope).equals(new Value.Int(socket.local.port()));
    }

    private List<TraceIndex.SocketFacts> nth(
            List<TraceIndex.SocketFacts> sockets, Optional<Expression> number) {
        if (number.isEmpty()) return sockets;
        if (!(Evaluation.constant(number.get(), scope) instanceof Value.Int(var n))) {
            throw new IllegalArgumentException("a socket is chosen by a number");
        }
        return n >= 1 && n <= sockets.size() ? List.of(sockets.get((int) n - 1)) : List.of();
    }
}
