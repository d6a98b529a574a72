package io.socketlab.server.integrity;

import java.util.Set;

/**
 * What a seed gives a student, as text.
 *
 * @param values of the parameters, and the addresses of the hosts: they are evened out before two
 *     hand-ins are compared
 * @param telling those of them by which the seed is known: addresses, and numbers of four digits
 *     and more that are drawn from many
 */
record Given(Set<String> values, Set<String> telling) {

    static final Given NOTHING = new Given(Set.of(), Set.of());

    Given {
        values = Set.copyOf(values);
        telling = Set.copyOf(telling);
    }
}
