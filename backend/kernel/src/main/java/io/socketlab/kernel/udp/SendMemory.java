package io.socketlab.kernel.udp;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.link.PacketOwner;
import io.socketlab.kernel.socket.PacketMemory;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Ipv4Header;

/**
 * The memory of the datagrams of a socket that have not left the host yet, which SO_SNDBUF limits.
 * Linux's sk_wmem_alloc; net/core/sock.c, sock_alloc_send_pskb() and sock_wfree().
 */
final class SendMemory implements PacketOwner {

    private final int socket;
    private final SocketOptions options;
    private final WaitQueue waitQueue;
    private int used;
    private boolean wasFull;

    SendMemory(int socket, SocketOptions options, WaitQueue waitQueue) {
        this.socket = socket;
        this.options = options;
        this.waitQueue = waitQueue;
    }

    /** Nothing more may be sent until something has left. */
    boolean isFull() {
        boolean full = used >= options.sendBuffer();
        wasFull |= full;
        return full;
    }

    /** poll(2) says POLLOUT: half of it is free. */
    boolean isWritable() {
        boolean writable = used < options.sendBuffer() >> 1;
        wasFull |= !writable;
        return writable;
    }

    /** {@code packet}, positioned at its UDP header, begins its way out. */
    void take(PacketBuffer packet, Destination to) {
        int octets = PacketMemory.of(packet.length() + Ipv4Header.SIZE);
        used += octets;
        packet.ownedBy(this, octets, 0);
        packet.priority(to.priority(options.priority()));
    }

    @Override
    public int flow() {
        return socket;
    }

    @Override
    public void released(int octets) {
        used -= octets;
        if (wasFull) limitHasChanged();
    }

    /**
     * Tells whoever waits for room that there is some: sock_def_write_space(), which SO_SNDBUF
     * calls whether there was none or not.
     */
    void limitHasChanged() {
        if (2L * used > options.sendBuffer()) return;
        wasFull = false;
        waitQueue.wake(EventMask.WRITABLE);
    }

    @Override
    public long pacingRate() {
        return options.maxPacingRate();
    }

    @Override
    public void pacedByQdisc() {
        // datagrams name no times: whether somebody heeds them is of no concern
    }
}
