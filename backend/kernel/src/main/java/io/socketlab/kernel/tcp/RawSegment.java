package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.Ipv4Address;

/**
 * A segment of a program's own making, in a packet of its own making. raw(7), IP_HDRINCL.
 *
 * @param src any address, whether the host has it or not
 * @param seq as it goes on the wire
 * @param flags as in {@link io.socketlab.kernel.wire.TcpHeader}
 * @param ttl from 1 to 255
 */
public record RawSegment(
        Ipv4Address src,
        int srcPort,
        Ipv4Address dst,
        int dstPort,
        int seq,
        int ack,
        int flags,
        int window,
        int ttl,
        byte[] text) {}
