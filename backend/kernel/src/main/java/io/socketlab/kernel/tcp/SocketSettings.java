package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlFlags;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import org.jspecify.annotations.Nullable;

/**
 * What setsockopt(2) has set on a socket: level SOL_SOCKET in {@link SocketOptions}, which all
 * sockets have, and here the levels IPPROTO_TCP, IPPROTO_IP and IPPROTO_IPV6. A connection accepted
 * takes over its listener's. tcp(7), ip(7).
 */
final class SocketSettings {

    /** IP_PMTUDISC_DONT, _WANT, _DO and _PROBE. */
    static final int PMTU_DONT = 0;

    static final int PMTU_WANT = 1;

    static final int PMTU_DO = 2;
    static final int PMTU_PROBE = 3;

    final SocketOptions base;
    boolean noDelay;
    boolean cork;
    boolean recvErr;

    /** IP_RECVTTL and its like: a stream tells nothing but of ICMP errors by them. */
    ControlFlags controlFlags = ControlFlags.NONE;

    /** IP_FREEBIND: an address that is not the host's may be bound. */
    boolean freeBind;

    /** IP_MULTICAST_LOOP and its like: of no consequence, as a stream is for no group. */
    boolean multicastLoop = true;

    boolean multicastAll = true;

    /** That of the SYN where the connection began with one. */
    short multicastTtl = 1;

    /** IP_BIND_ADDRESS_NO_PORT: bind(2) leaves the choice of a port to connect(2). */
    boolean bindsNoPort;

    /** IP_RECVERR_RFC4884: of no consequence, as no ICMP message here has extensions. */
    boolean tellsExtensions;

    /** IP_LOCAL_PORT_RANGE, as {@link io.socketlab.kernel.socket.PortRange} has it. */
    int localPortRange;

    /** 0 where the sysctl decides. */
    int maxSegment;

    private TimeSettings times = TimeSettings.DEFAULTS;

    /**
     * TCP_FASTOPEN: how many connections may be open before their handshake is over; 0 for none.
     */
    int fastOpenBacklog;

    /** TCP_SAVE_SYN. */
    byte savesSyn;

    /** TCP_SAVED_SYN: the headers of the SYN that it began with, until they are read. */
    byte @Nullable [] savedSyn;

    boolean fastOpenConnect;
    boolean fastOpenNoCookie;

    /** TCP_FASTOPEN_KEY, null where the sysctl decides. */
    @Nullable FastOpenKeys fastOpenKeys;

    /** TCP_NOTSENT_LOWAT, unsigned octets; 0 where the sysctl decides. */
    int notsentLowat;

    /** TCP_INQ. */
    boolean tellsUnread;

    /** TCP_QUICKACK was set to 0: acknowledgements wait for text to go with. */
    boolean pingpong;

    int windowClamp;
    String congestion;
    // small types: there is one of this for each connection
    short tos;

    short ttl;

    /** IP_MINTTL: segments that come with a lower TTL are dropped; 0 for none. */
    short minTtl;

    /** 0: packets may be fragmented on their way. */
    byte mtuDiscover;

    /** Level IPPROTO_IPV6, of an AF_INET6 socket. */
    final @Nullable Ipv6Options ipv6;

    SocketSettings(SocketOptions base, TcpTunables tunables) {
        this.base = base;
        ipv6 = base.family() == AddressFamily.AF_INET6 ? tunables.newIpv6Options() : null;
        congestion = tunables.congestion;
        ttl = (short) tunables.ttl;
        mtuDiscover = (byte) (tunables.noPmtuDiscovery == 0 ? PMTU_WANT : PMTU_DONT);
    }

    /** Those of an accepted connection. */
    SocketSettings(SocketSettings listener) {
        base = new SocketOptions(listener.base);
        ipv6 = listener.ipv6 == null ? null : new Ipv6Options(listener.ipv6);
        noDelay = listener.noDelay;
        cork = listener.cork;
        recvErr = listener.recvErr;
        controlFlags = listener.controlFlags;
        freeBind = listener.freeBind;
        multicastLoop = listener.multicastLoop;
        multicastAll = listener.multicastAll;
        bindsNoPort = listener.bindsNoPort;
        tellsExtensions = listener.tellsExtensions;
        localPortRange = listener.localPortRange;
        maxSegment = listener.maxSegment;
        times = listener.times.inherited();
        savesSyn = listener.savesSyn;
        fastOpenConnect = listener.fastOpenConnect;
        fastOpenNoCookie = listener.fastOpenNoCookie;
        notsentLowat = listener.notsentLowat;
        tellsUnread = listener.tellsUnread;
        pingpong = listener.pingpong;
        windowClamp = listener.windowClamp;
        congestion = listener.congestion;
        tos = listener.tos;
        ttl = listener.ttl;
        minTtl = listener.minTtl;
        mtuDiscover = listener.mtuDiscover;
    }

    /** To be read. */
    TimeSettings times() {
        return times;
    }

    /** To be set. */
    TimeSettings ownTimes() {
        if (times == TimeSettings.DEFAULTS) times = times.copy();
        return times;
    }

    AddressFamily family() {
        return base.family();
    }

    /**
     * IP_MINTTL or IPV6_MINHOPCOUNT: RFC 5082, section 3.
     *
     * @param header of a packet that has come
     * @return whether it has come through too many routers
     */
    boolean isTooFar(IpHeader header) {
        if (header instanceof Ipv4Header) return header.ttl() < minTtl;
        return ipv6 != null && header.ttl() < ipv6.minHopCount();
    }

    /** IPV6_V6ONLY. */
    boolean ipv6Only() {
        return ipv6 != null && ipv6.only();
    }

    /** SO_RCVBUF, octets of memory. */
    int rcvbuf() {
        return base.receiveBuffer();
    }

    /** SO_SNDBUF, octets of memory. */
    int sndbuf() {
        return base.sendBuffer();
    }
}
