package io.socketlab.lab.remark;

import java.util.List;
import java.util.Objects;

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
 * @param related what else it speaks of; results of earlier versions have none
 */
public record Remark(
        String id,
        String host,
        String place,
        String text,
        String lesson,
        int event,
        List<Related> related) {

    public Remark {
        related = List.copyOf(Objects.requireNonNullElse(related, List.of()));
    }

    /** One that speaks of nothing else. */
    public Remark(String id, String host, String place, String text, String lesson, int event) {
        this(id, host, place, text, lesson, event, List.of());
    }

    /**
     * The other end of a deadlock, the failure before a call that makes no sense after it, the end
     * of a program that has left something open.
     *
     * @param place as the remark's
     * @param text what happened there, in a few words
     * @param event the number of the event that shows it
     */
    public record Related(String host, String place, String text, int event) {}
}
