package io.socketlab.sandbox.engine;

/** Where the memory of a process comes from. */
@FunctionalInterface
public interface PageSource {

    /** As much as a module may have. */
    PageSource ENDLESS = _ -> true;

    /**
     * Takes pages of 64 KiB.
     *
     * @return whether there were so many
     */
    boolean take(int pages);
}
