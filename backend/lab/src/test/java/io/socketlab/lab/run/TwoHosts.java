package io.socketlab.lab.run;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabText;

/** A lab for tests: a client and a server, 10 ms apart. */
public final class TwoHosts {

    private static final String YAML =
            """
            apiVersion: socketlab/v1
            id: two-hosts
            revision: 1
            title: {en: "Two hosts"}
            level: 1
            minutes: 5
            stack: {profile: linux, limits: {events: 2000, virtual: 200s}}
            topology:
              hosts: {client: {}, server: {}}
              links: [{a: client, b: server, delay: 10ms}]
            params:
              port: {int: [20000, 29999]}
            student: {modes: [bench, script], hosts: [client, server]}
            checks:
              - id: connected
                title: {en: "The client connects"}
                points: 1
                assert: {exists: "client: connect(...) = 0"}
                feedback: {fail: {en: "It did not connect."}}
            scoring: {total: 1}
            """;

    private TwoHosts() {}

    public static Lab lab() {
        return LabText.lab("two-hosts", YAML);
    }

    /** With each {@code what} of the lab file replaced. */
    public static Lab labWith(String what, String with) {
        if (!YAML.contains(what)) throw new IllegalArgumentException(what);
        return LabText.lab("two-hosts", YAML.replace(what, with));
    }

    /** With another topology, one link or host below the other. */
    static Lab labOf(String topology) {
        int from = YAML.indexOf("topology:");
        int to = YAML.indexOf("params:");
        String yaml =
                YAML.substring(0, from) + "topology:\n" + topology.indent(2) + YAML.substring(to);
        return LabText.lab(
                "two-hosts",
                yaml.replace("events: 2000", "events: 200000")
                        .replace(", hosts: [client, server]", "")
                        .replace("client: connect", "server: accept"));
    }
}
