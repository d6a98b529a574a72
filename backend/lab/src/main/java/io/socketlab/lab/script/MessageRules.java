package io.socketlab.lab.script;

/**
 * How what recvmsg(2) gives back is held against what is written.
 *
 * @param stampTolerance by how many nanoseconds a timestamp may differ
 * @param roomAsWritten there is room for just the control messages that are written, as packetdrill
 *     has it; else for all there are
 */
public record MessageRules(long stampTolerance, boolean roomAsWritten) {

    /** Of scripts in labs and of the console. */
    public static final MessageRules EXACT = new MessageRules(0, false);
}
