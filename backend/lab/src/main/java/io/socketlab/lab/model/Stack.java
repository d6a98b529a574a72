package io.socketlab.lab.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose kernel the hosts have.
 *
 * @param profile {@code linux}, {@code bsd} or {@code textbook}
 * @param sysctls by their Linux names; values may have parameters in them
 */
public record Stack(String profile, Map<String, String> sysctls, Limits limits) {
    public Stack {
        sysctls = Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
    }
}
