package io.socketlab.lab.bench;

import io.socketlab.kernel.syscall.CpuSettings;

/**
 * How a bench is run.
 *
 * @param n how much: octets, worlds, connections or programs
 * @param rounds counted rounds, at least 1
 * @param warmup rounds before those, in which the JVM compiles; not counted
 * @param loss of the client's packets, a probability; bulk alone has it
 * @param trace whether the kernel emits its trace
 * @param cpus CPUs of the server, whose work then takes time; 0 for as many as there are tasks, and
 *     no time; readiness alone has it
 */
public record Plan(
        long n, int rounds, int warmup, double loss, long seed, boolean trace, int cpus) {

    public Plan {
        if (n < 1) throw new IllegalArgumentException("n " + n);
        if (rounds < 1) throw new IllegalArgumentException("rounds " + rounds);
        if (warmup < 0) throw new IllegalArgumentException("warmup " + warmup);
        if (!(loss >= 0 && loss < 1)) throw new IllegalArgumentException("loss " + loss);
        if (cpus < 0 || cpus > CpuSettings.MAX_CPUS) {
            throw new IllegalArgumentException("CPUs " + cpus);
        }
    }
}
