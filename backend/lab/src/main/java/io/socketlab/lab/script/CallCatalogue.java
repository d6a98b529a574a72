package io.socketlab.lab.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls that can be made, in the order in which a program first meets them. */
public final class CallCatalogue {

    private static final Map<String, CallInfo> CALLS = new LinkedHashMap<>();

    static {
        Stream.of(
                        ConnectionCalls.CALLS,
                        TransferCalls.CALLS,
                        MessageCalls.CALLS,
                        QueryCalls.CALLS,
                        ReadinessCalls.CALLS,
                        KqueueCalls.CALLS,
                        DescriptorCalls.CALLS,
                        ProcessCalls.CALLS,
                        NameCalls.CALLS)
                .flatMap(List::stream)
                .forEach(call -> CALLS.put(call.name(), call));
    }

    private CallCatalogue() {}

    public static List<CallInfo> calls() {
        return List.copyOf(CALLS.values());
    }

    public static Optional<CallInfo> find(String name) {
        return Optional.ofNullable(CALLS.get(name));
    }

    public static List<String> names() {
        return List.copyOf(CALLS.keySet());
    }
}
