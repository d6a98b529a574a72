package io.socketlab.lab.model;

import io.socketlab.kernel.sysctl.Sysctls;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads sysctls: {@code {net.core.somaxconn: 128}}. */
final class SysctlReader {

    private SysctlReader() {}

    static Map<String, String> read(Names names, Fields fields) {
        var sysctls = new LinkedHashMap<String, String>();
        fields.get("sysctl")
                .ifPresent(e ->
                        e.fields("sysctls, as in {net.core.somaxconn: 128}")
                                .named()
                                .forEach((name, value) -> {
                                    check(names, name, value);
                                    sysctls.put(name, value.text("a value"));
                                }));
        return sysctls;
    }

    private static void check(Names names, String name, Element value) {
        if (!Names.known(value, "sysctl", name, Sysctls.names())) return;
        for (String text : names.filled(value)) {
            try {
                new Sysctls().set(name, text);
            } catch (IllegalArgumentException e) {
                value.problem("expected another value: " + e.getMessage());
                return;
            }
        }
    }
}
