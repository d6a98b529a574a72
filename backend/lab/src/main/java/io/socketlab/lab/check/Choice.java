package io.socketlab.lab.check;

import io.socketlab.lab.expr.LocalText;

/**
 * One of the answers that a prediction offers.
 *
 * @param id what is said by whoever chooses it: a word in capitals
 * @param text what it stands for
 * @param when what the run shows where it is right
 * @param still whether that may be so when it is asked already, as where nothing will change
 */
public record Choice(String id, LocalText text, Condition when, boolean still) {}
