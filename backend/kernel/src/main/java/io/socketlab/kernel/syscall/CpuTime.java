package io.socketlab.kernel.syscall;

/**
 * How a task comes by the processor time that its calls take. Each step of a call is an action that
 * is run as soon as the task is so far.
 */
interface CpuTime {

    /** Its program makes a call, which begins with {@code step}. */
    void enter(Runnable step);

    /** Its call has asked so many descriptors how they are. */
    void scanned(int descriptors);

    /** Its call has copied so many octets. */
    void copied(long octets);

    /** Spends what has come together, and goes on in the kernel with {@code step}. */
    void work(Runnable step);

    /** Spends what has come together, and goes back to its program with {@code step}. */
    void leave(Runnable step);

    /** It waits for something that is not there: others may have its CPU. */
    void sleep();

    /** What it slept for may be there. It goes on with {@code step}, never before this returns. */
    void wake(Runnable step);

    /** It has slept long enough, and goes on with {@code step}. */
    void expire(Runnable step);

    /** It has ended, and makes no step any more. */
    void end();
}
