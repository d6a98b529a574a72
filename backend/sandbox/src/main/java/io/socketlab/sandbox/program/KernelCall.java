package io.socketlab.sandbox.program;

/** One of the functions that programs import. */
@FunctionalInterface
interface KernelCall {

    /**
     * @param arguments as the program gave them, unchecked; 32 bits of them count where its type
     *     says so
     * @return what it returns; -errno, where that is thrown as a {@link Failure}
     */
    long call(Context program, long[] arguments);
}
