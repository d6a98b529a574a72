package io.socketlab.lab.check;

import io.socketlab.lab.expr.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the variables of an assertion stand for so far. */
record Bindings(Map<String, Value> values) {

    static final Bindings NONE = new Bindings(Map.of());

    Optional<Value> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Bindings with(String name, Value value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Bindings(more);
    }
}
