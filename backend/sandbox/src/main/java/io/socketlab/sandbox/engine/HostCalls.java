package io.socketlab.sandbox.engine;

/** What a program can call that is not in it. */
public interface HostCalls {

    /** A call, on the thread that runs the program. What it throws goes through the program. */
    @FunctionalInterface
    interface HostCall {

        /**
         * @param arguments one each, in its low bits: an i32 has its 32 bits in the lower half, and
         *     the upper half says nothing
         * @return the result; nothing looks at it where the function has none
         */
        long call(long[] arguments);
    }

    /** What an import of a module that was let in means. It is asked once for each import. */
    HostCall find(String module, String function);
}
