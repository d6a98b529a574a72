package io.socketlab.server.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token may do in its owner's name. */
public enum Scope {
    /** Look at whatever its owner may look at. */
    READ,
    /** Begin attempts, hand in, cancel. */
    GRADE,
    /** Write and publish labs, have them verified, and register webhooks. */
    AUTHOR;

    /** What it is called in requests and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }

    /** From words with spaces between them; those that are not known are passed over. */
    static Set<Scope> parse(String words) {
        var scopes = EnumSet.noneOf(Scope.class);
        for (String word : words.split(" ", -1)) of(word).ifPresent(scopes::add);
        return scopes;
    }

    static String write(Set<Scope> scopes) {
        return scopes.stream().map(Scope::word).collect(Collectors.joining(" "));
    }
}
