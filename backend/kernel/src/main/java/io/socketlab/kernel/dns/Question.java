package io.socketlab.kernel.dns;

/**
 * What is asked for, in class IN. RFC 1035 §4.1.2.
 *
 * @param type TYPE of the records that are wanted
 */
public record Question(DnsName name, int type) {

    public Question(DnsName name, RecordType type) {
        this(name, type.number());
    }
}
