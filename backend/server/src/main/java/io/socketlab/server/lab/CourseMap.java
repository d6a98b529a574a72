package io.socketlab.server.lab;

import io.socketlab.lab.model.Lab;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What leads to what: a lab stands right of all that it builds on, and beside that of them which is
 * farthest right, as in a tree. Lengths are those of the picture, px.
 *
 * @param minutes of all labs together
 */
record CourseMap(
        int width,
        int height,
        List<Place> labs,
        List<Edge> edges,
        List<Family> topics,
        int minutes) {

    private static final int PLACE_WIDTH = 192;
    private static final int PLACE_HEIGHT = 60;
    private static final int COLUMN = PLACE_WIDTH + 40;
    private static final int ROW = PLACE_HEIGHT + 10;
    private static final int MARGIN = 4;

    /**
     * @param code what it is called for short: C1
     * @param depth how many labs lead to it, one after the other
     * @param after the codes of the labs it builds on
     */
    record Place(
            String id,
            String code,
            String title,
            int minutes,
            int depth,
            List<String> after,
            int x,
            int y) {

        public int width() {
            return PLACE_WIDTH;
        }

        public int height() {
            return PLACE_HEIGHT;
        }
    }

    /**
     * @param path as an SVG path has it
     */
    record Edge(String from, String to, String path) {}

    /** Topics that begin alike, {@code tcp.}; both by the names that they have in words. */
    record Family(String name, List<Topic> topics) {}

    record Topic(String name, List<Link> labs) {}

    record Link(String id, String code, String title) {}

    static CourseMap of(Collection<Lab> labs) {
        return new Layout(labs).map();
    }

    /** {@code c1-handshake} is C1. */
    static String code(String id) {
        return id.replaceFirst("-.*", "").toUpperCase(Locale.ROOT);
    }

    private static final class Layout {

        private final Map<String, Lab> labs = new LinkedHashMap<>();
        private final Map<String, Integer> columns = new HashMap<>();
        private final Map<String, List<String>> children = new LinkedHashMap<>();
        private final Map<String, Integer> ys = new LinkedHashMap<>();
        private int nextRow;

        Layout(Collection<Lab> all) {
            all.forEach(lab -> labs.put(lab.id(), lab));
        }

        CourseMap map() {
            List<String> roots = new ArrayList<>();
            for (String id : labs.keySet()) {
                parent(id)
                        .ifPresentOrElse(
                                p -> children.computeIfAbsent(p, _ -> new ArrayList<>()).add(id),
                                () -> roots.add(id));
            }
            roots.forEach(this::place);
            int last = columns.values().stream().mapToInt(c -> c).max().orElse(0);
            return new CourseMap(
                    last * COLUMN + PLACE_WIDTH + 2 * MARGIN,
                    Math.max(nextRow, 1) * ROW - (ROW - PLACE_HEIGHT) + 2 * MARGIN,
                    ys.keySet().stream().map(this::placed).toList(),
                    edges(),
                    families(),
                    labs.values().stream().mapToInt(l -> l.about().minutes()).sum());
        }

        /** What it builds on and is there, without what those build on themselves. */
        private List<String> needs(String id) {
            List<String> direct = known(id);
            return direct.stream()
                    .filter(one -> direct.stream().noneMatch(other -> leadsTo(one, other)))
                    .toList();
        }

        private List<String> known(String id) {
            return lab(id).about().after().stream().filter(labs::containsKey).toList();
        }

        private Lab lab(String id) {
            return Objects.requireNonNull(labs.get(id));
        }

        private boolean leadsTo(String from, String to) {
            return known(to).stream().anyMatch(n -> n.equals(from) || leadsTo(from, n));
        }

        private int column(String id) {
            Integer there = columns.get(id);
            if (there != null) return there;
            int column = known(id).stream().mapToInt(n -> column(n) + 1).max().orElse(0);
            columns.put(id, column);
            return column;
        }

        private Optional<String> parent(String id) {
            column(id);
            return needs(id).stream().max(Comparator.comparingInt(this::column));
        }

        /** A lab stands in the middle of those that follow on it. */
        private int place(String id) {
            List<String> following = children.getOrDefault(id, List.of());
            ys.put(id, 0); // before those that follow on it
            int y;
            if (following.isEmpty()) {
                y = MARGIN + nextRow++ * ROW;
            } else {
                int[] each = following.stream().mapToInt(this::place).toArray();
                y = (each[0] + each[each.length - 1]) / 2;
            }
            ys.put(id, y);
            return y;
        }

        private int x(String id) {
            return MARGIN + column(id) * COLUMN;
        }

        private int y(String id) {
            return ys.getOrDefault(id, 0);
        }

        private Place placed(String id) {
            Lab lab = lab(id);
            return new Place(
                    id,
                    code(id),
                    lab.title().text(),
                    lab.about().minutes(),
                    column(id),
                    known(id).stream().map(CourseMap::code).toList(),
                    x(id),
                    y(id));
        }

        private List<Edge> edges() {
            List<Edge> edges = new ArrayList<>();
            for (String id : ys.keySet()) {
                for (String from : needs(id)) edges.add(new Edge(from, id, path(from, id)));
            }
            return edges;
        }

        private String path(String from, String to) {
            int middle = PLACE_HEIGHT / 2;
            int x1 = x(from) + PLACE_WIDTH;
            int y1 = y(from) + middle;
            int x2 = x(to);
            int y2 = y(to) + middle;
            int bend = (COLUMN - PLACE_WIDTH) * 2 / 3;
            return "M%d %d C%d %d %d %d %d %d"
                    .formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
        }

        private List<Family> families() {
            Map<String, Map<String, List<Link>>> found =
                    new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Lab lab : labs.values()) {
                var link = new Link(lab.id(), code(lab.id()), lab.title().text());
                for (String topic : lab.about().topics()) {
                    found.computeIfAbsent(
                                    TopicNames.family(topic),
                                    _ -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER))
                            .computeIfAbsent(TopicNames.name(topic), _ -> new ArrayList<>())
                            .add(link);
                }
            }
            return found.entrySet().stream()
                    .map(f ->
                            new Family(
                                    f.getKey(),
                                    f.getValue().entrySet().stream()
                                            .map(t -> new Topic(t.getKey(), t.getValue()))
                                            .toList()))
                    .toList();
        }
    }
}
