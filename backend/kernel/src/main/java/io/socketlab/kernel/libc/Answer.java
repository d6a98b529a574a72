package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.DnsMessage;
import java.util.Optional;

/**
 * What has come of a question to the name servers.
 *
 * @param response the last that could be used, if there was one
 * @param refused the last server that was asked does not listen: an ICMP message said so
 */
record Answer(Optional<DnsMessage> response, boolean refused) {

    static Answer of(DnsMessage response) {
        return new Answer(Optional.of(response), false);
    }
}
