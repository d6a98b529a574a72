package io.socketlab.server;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/**
 * All that a student gets of what he has handed in, by every way there is.
 *
 * @param all what was told, by where
 */
record ToldToStudents(Map<String, String> all) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern MOST =
            Pattern.compile(
                    "\"(?:maxScore|max_score)\" ?: ?(\\d+(?:\\.\\d+)?)[^{}]*\"(?:gradable|visibility)\"");
    private static final List<String> FORMATS =
            List.of("json", "junit", "gradescope", "prairielearn", "tap", "csv");

    ToldToStudents {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    /**
     * Asks for all of it.
     *
     * @param addresses of REST and of pages; the last is a bench, whose socket is opened; a result
     *     is had in every format
     * @param webhooks what they told
     */
    static ToldToStudents of(
            int port,
            Visitor visitor,
            Program program,
            List<String> addresses,
            List<String> webhooks)
            throws Exception {
        var all = new LinkedHashMap<String, String>();
        String bench = addresses.getLast();
        for (String address : addresses.subList(0, addresses.size() - 1)) {
            String name = ID.matcher(address).replaceAll("{id}");
            if (!address.startsWith("/api/")) all.put(name, visitor.get(address).body());
            else if (!address.matches(".*/jobs/.*/result"))
                all.put(name, program.get(address).body());
            else {
                for (String format : FORMATS) {
                    all.put(name + " " + format, program.get(address + "?format=" + format).body());
                }
            }
        }
        all.put("webhook", String.join("\n", webhooks));
        all.put("export", export(visitor));
        try (Browser browser = Browser.open(port, bench, visitor.cookie(), 0)) {
            browser.awaitMessage("hello");
            // its acknowledgement comes behind whatever is told of checks at the beginning
            browser.input("last", "run");
            browser.awaitMessage("checks");
            all.put("websocket", browser.messages().toString());
        }
        return new ToldToStudents(all);
    }

    /** All files of the zip of his data behind one another. */
    static String export(Visitor visitor) throws Exception {
        String page = "/account/privacy";
        String form = "_csrf=" + URLEncoder.encode(visitor.csrf(page), StandardCharsets.UTF_8);
        byte[] zip =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(visitor.uri(page + "/export"))
                                        .header("Cookie", visitor.cookie())
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(BodyPublishers.ofString(form))
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .body();
        var text = new StringBuilder();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    /** Where there is one of these words, and which. */
    List<String> with(String... words) {
        var found = new ArrayList<String>();
        all.forEach((where, text) -> {
            for (String word : words) if (text.contains(word)) found.add(where + ": " + word);
        });
        return found;
    }

    /** Where there is one of these words. */
    List<String> places(String... words) {
        return all.keySet().stream()
                .filter(where -> List.of(words).stream().anyMatch(all.get(where)::contains))
                .toList();
    }

    /** All that could be had, wherever a result in short says so of a whole. */
    List<Double> points() {
        var found = new ArrayList<Double>();
        all.forEach((where, text) -> {
            if (where.contains("/result") || where.matches("export|websocket")) return;
            Matcher most = MOST.matcher(text);
            while (most.find()) found.add(Double.valueOf(most.group(1)));
        });
        return found;
    }
}
