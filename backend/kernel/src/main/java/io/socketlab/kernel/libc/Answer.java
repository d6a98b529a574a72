package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.DnsMessage;
import java.util.List;

/**
 * What has come of questions to the name servers.
 *
 * @param responses those that could be used, in the order of the questions
 * @param isComplete there is one to each question
 * @param refused the last server that was asked does not listen: an ICMP message said so
 */
record Answer(List<DnsMessage> responses, boolean isComplete, boolean refused) {

    Answer {
        responses = List.copyOf(responses);
    }
}
