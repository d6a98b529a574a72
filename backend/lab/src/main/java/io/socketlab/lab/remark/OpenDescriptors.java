package io.socketlab.lab.remark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The descriptors that the calls of a process have opened, and that are open. */
final class OpenDescriptors {

    private static final int MOST_NAMED = 6;

    private final Map<Integer, CallsOfTask.Made> open = new TreeMap<>();

    /** Those that the call which is under way has opened. */
    private final List<Integer> fresh = new ArrayList<>();

    void opened(int fd) {
        fresh.add(fd);
    }

    /** That call has returned. */
    void belongTo(CallsOfTask.Made made) {
        if (made.place() != null) fresh.forEach(fd -> open.put(fd, made));
        fresh.clear();
    }

    void closed(int fd) {
        open.remove(fd);
        fresh.removeIf(one -> one == fd);
    }

    /**
     * What is left, a sentence for each place that has opened several, or a connection. A single
     * socket that is left at the end, such as a listener, harms nobody.
     *
     * @param givesUp whether the program ends with a failure: then single ones are passed over
     */
    Map<CallsOfTask.Made, String> sentences(boolean givesUp) {
        Map<String, List<Map.Entry<Integer, CallsOfTask.Made>>> byPlace =
                open.entrySet().stream()
                        .collect(
                                Collectors.groupingBy(
                                        e -> Objects.requireNonNull(e.getValue().place()),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        var sentences = new LinkedHashMap<CallsOfTask.Made, String>();
        byPlace.values()
                .forEach(those -> {
                    CallsOfTask.Made made = those.getFirst().getValue();
                    if (those.size() > 1) {
                        sentences.put(made, several(those, made));
                    } else if (!givesUp && made.accepts()) {
                        sentences.put(
                                made,
                                "Descriptor %d, which %s gave, was still open when the program ended."
                                        .formatted(those.getFirst().getKey(), made.where()));
                    }
                });
        return sentences;
    }

    private static String several(
            List<Map.Entry<Integer, CallsOfTask.Made>> those, CallsOfTask.Made made) {
        String numbers =
                those.stream()
                        .limit(MOST_NAMED)
                        .map(e -> String.valueOf(e.getKey()))
                        .collect(Collectors.joining(", "));
        return "%d descriptors, which %s gave, were still open when the program ended: %s%s."
                .formatted(
                        those.size(),
                        made.where(),
                        numbers,
                        those.size() > MOST_NAMED ? " and others" : "");
    }
}
