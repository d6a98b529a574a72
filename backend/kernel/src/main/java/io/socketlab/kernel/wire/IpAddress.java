package io.socketlab.kernel.wire;

/** An address of the network layer. IPv6 will be its second form. */
public sealed interface IpAddress permits Ipv4Address, NoAddress {

    /** 0.0.0.0: any address of this host. */
    boolean isAny();
}
