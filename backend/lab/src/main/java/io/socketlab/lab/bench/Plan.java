package io.socketlab.lab.bench;

/**
 * How a bench is run.
 *
 * @param n how much: octets, worlds or connections
 * @param rounds counted rounds, at least 1
 * @param warmup rounds before those, in which the JVM compiles; not counted
 * @param loss of the client's packets, a probability; bulk alone has it
 * @param trace whether the kernel emits its trace
 */
public record Plan(long n, int rounds, int warmup, double loss, long seed, boolean trace) {

    public Plan {
        if (n < 1) throw new IllegalArgumentException("n " + n);
        if (rounds < 1) throw new IllegalArgumentException("rounds " + rounds);
        if (warmup < 0) throw new IllegalArgumentException("warmup " + warmup);
        if (!(loss >= 0 && loss < 1)) throw new IllegalArgumentException("loss " + loss);
    }
}
