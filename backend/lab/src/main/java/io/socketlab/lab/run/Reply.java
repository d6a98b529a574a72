package io.socketlab.lab.run;

import java.util.Optional;

/**
 * What an input line did.
 *
 * @param firstSeq number of the first event that it made
 * @param lastSeq number of the last event of the run; less than {@code firstSeq} if it made none
 * @param line as the log is to have it: it does the same again
 * @param text for the console: {@code listen(3, 5) = 0}, or what a call is waiting for
 */
public record Reply(int firstSeq, int lastSeq, String line, Optional<String> text) {}
