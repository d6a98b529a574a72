package io.socketlab.kernel.syscall;

import io.socketlab.kernel.trace.Rule;

/**
 * What an attempt to find descriptors that are ready had to look at.
 *
 * @param rule by which it looks at those
 * @param walked entries it went through: of the array, bits of the sets, of the list of what may be
 *     ready
 * @param scanned files it asked how they are
 * @param ready how many had something to tell
 * @param looks what was found of each, where there is a trace to tell it to
 */
record Scan(Rule rule, int walked, int scanned, int ready, Looks looks) {

    static final Scan NONE = new Scan(Rule.POLL_SCANS, 0, 0, 0, Looks.NONE);
}
