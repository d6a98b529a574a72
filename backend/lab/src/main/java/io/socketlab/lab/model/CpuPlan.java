package io.socketlab.lab.model;

import io.socketlab.lab.expr.Expression;
import java.util.Optional;

/**
 * What a lab says of a host's processors. What it does not say is as {@code CpuSettings.DEFAULT}
 * has it.
 *
 * @param cpus how many there are
 * @param switching a time, to take up another task
 * @param wake a time, to make a sleeping task runnable
 * @param call a time, for each system call
 * @param scan a time, for each descriptor that is asked how it is
 * @param copy a time, for 1,000 octets copied between program and kernel
 * @param slice a time, after which a task has to let another one run
 */
public record CpuPlan(
        Optional<Expression> cpus,
        Optional<Expression> switching,
        Optional<Expression> wake,
        Optional<Expression> call,
        Optional<Expression> scan,
        Optional<Expression> copy,
        Optional<Expression> slice) {}
