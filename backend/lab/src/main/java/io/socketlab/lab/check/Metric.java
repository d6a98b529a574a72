package io.socketlab.lab.check;

import io.socketlab.kernel.trace.Cost;
import io.socketlab.lab.expr.Expression;
import java.util.List;
import java.util.Optional;

/** Something of a run that has a value at every event from some event on. */
public sealed interface Metric {

    /** {@code server.listen[{{port}}].acceptq}, {@code client.cwnd}. */
    record Variable(String host, Selector selector, String name) implements Metric {}

    /**
     * {@code server.cost.wakeUps}, {@code server.task[2].cost.scanned}: what a host's calls have
     * cost, all of them or those of one task.
     *
     * @param costs what is added up, all of it counts or all of it times
     */
    record CostOf(String host, Optional<Expression> task, List<Cost> costs) implements Metric {
        public CostOf {
            costs = List.copyOf(costs);
        }
    }

    /** {@code server.runQueue.length}: how many tasks of a host wait for a CPU. */
    record RunQueueLength(String host) implements Metric {}

    /**
     * {@code server.kernelStack}: octets of the kernel stacks of a host's tasks, {@code
     * KernelStack} of proc_meminfo(5). A task has one from its first call, or from when another
     * made it, until it ends.
     */
    record KernelStack(String host) implements Metric {}

    /** {@code count(client > S)}, {@code count(client.connect.call)}. */
    record CountOf(EventPattern pattern) implements Metric {}

    /**
     * {@code sum(server: recv(...))}: what calls have returned, added up, without those that
     * failed: the octets read so far, however many calls it took.
     */
    record SumOf(EventPattern pattern) implements Metric {}

    /** {@code exists(client > S)}. */
    record Seen(EventPattern pattern) implements Metric {}

    /** {@code time(client > S)}: when it happened last, since the start of the run. */
    record TimeOf(EventPattern pattern) implements Metric {}

    /** {@code max(…)} or {@code min(…)} so far. */
    record Extreme(boolean most, Metric of) implements Metric {}

    /**
     * {@code since(server.child[1].rcv.nxt, client: connect(...) = 0)}: by how much a number has
     * grown since something last happened; of sequence numbers, across their wrap.
     */
    record Growth(Metric of, EventPattern since) implements Metric {}

    /**
     * {@code jain(client.conn[1].cwnd, client.conn[2].cwnd)}: how equal numbers are, in percent,
     * (Σx)² ÷ (n Σx²). Jain, Chiu and Hawe, DEC-TR-301 (1984). Defined while all of them are, and
     * not all 0.
     */
    record Fairness(List<Metric> of) implements Metric {
        public Fairness {
            of = List.copyOf(of);
        }
    }

    /** {@code predict.peak}: what the student said it would be. */
    record Prediction(String name) implements Metric {}

    /** Which of a host's sockets; where several fit, the one that changed last. */
    sealed interface Selector {

        /** Its connections. */
        record Connections() implements Selector {}

        /** {@code listen[port]} */
        record Listening(Expression port) implements Selector {}

        /** {@code child[n]}: the n-th that a listener made; {@code child[*]} all of them. */
        record Child(Optional<Expression> number) implements Selector {}

        /** {@code conn[n]}: the n-th connection, of either kind. */
        record Connection(Expression number) implements Selector {}

        /** {@code udp[port]}; {@code udp} for all. */
        record Udp(Optional<Expression> port) implements Selector {}
    }
}
