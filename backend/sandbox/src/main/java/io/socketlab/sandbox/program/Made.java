package io.socketlab.sandbox.program;

import java.util.List;

/**
 * A call that a program has made: what is needed to make it again without a kernel.
 *
 * @param result what it returned
 * @param stored what it stored in the program's memory
 */
record Made(String name, long result, List<UserMemory.Stored> stored) {

    Made {
        stored = List.copyOf(stored);
    }
}
