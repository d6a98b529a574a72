package io.socketlab.kernel.trace;

import org.jspecify.annotations.Nullable;

/**
 * When, where and why an event happened.
 *
 * @param seq number of the event in its run, from 1 without gaps
 * @param at virtual nanoseconds since the start of the run
 * @param host the host it happened on; empty for what happens between hosts
 * @param cause the {@code seq} of the event that led to it, 0 if that was an input from outside
 * @param rule what decided it, where an RFC or a kernel made a choice
 * @param why the values that were compared, in a few words: "accept queue 2 > backlog 1"
 */
public record Stamp(
        int seq, long at, String host, int cause, @Nullable Rule rule, @Nullable String why) {}
