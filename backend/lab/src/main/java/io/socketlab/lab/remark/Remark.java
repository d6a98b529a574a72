package io.socketlab.lab.remark;

/**
 * Something that a C program did and hardly meant, with what there is to learn of it. It says what
 * happened and costs nothing.
 *
 * @param id what kind of mistake: {@code leak}, {@code unchecked}, {@code null-pointer}
 * @param host of the program
 * @param place where in its source, {@code server.c:41}; empty where that is not known
 * @param text what happened, in a sentence with its lines
 * @param lesson what to do about it
 * @param event the number of the event that shows it, 0 if there is none
 */
public record Remark(String id, String host, String place, String text, String lesson, int event) {}
