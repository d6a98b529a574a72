package io.socketlab.kernel.tcp;

import static io.socketlab.kernel.wire.TcpHeader.ACK;
import static io.socketlab.kernel.wire.TcpHeader.FIN;
import static io.socketlab.kernel.wire.TcpHeader.RST;
import static io.socketlab.kernel.wire.TcpHeader.SYN;
import static io.socketlab.kernel.wire.TcpHeader.URG;

import io.socketlab.kernel.socket.PacketMemory;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.TcpOption;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The segment at hand: a header that has just arrived, read where it lies, and where its text is.
 * RFC 9293 §3.3.1. There is one for each host, filled anew by each arrival, so nothing keeps it.
 */
final class Segment {

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** The most blocks a header has room for. */
    static final int MAX_SACK_BLOCKS = 4;

    private static final int MIN_COOKIE = 4;
    private static final int MAX_COOKIE = 16;

    int packet;

    /** Its addresses, {@linkplain IpAddress#folded folded}. */
    int srcFolded;

    int dstFolded;
    private @Nullable IpHeader ip;
    int srcPort;
    int dstPort;
    int seq;
    int ack;
    int flags;

    /** As it is on the wire. */
    int window;

    int urgentPointer;

    /** The text of each of the segments that a network card has joined to this one; 0 for none. */
    int segmentSize;

    /** The index of the interface that it came by. */
    int device;

    /** The IP header's ECN bits. RFC 3168 §5. */
    int ecn;

    /** SEG.MSS, -1 if it is not there. */
    int mss;

    /** The window scale, -1 if it is not there. */
    int windowScale;

    boolean sackPermitted;
    boolean hasTimestamps;
    int timestamp;
    int timestampEcho;

    /** It has an MD5 signature. RFC 2385. */
    boolean isSigned;

    int sackBlocks;
    final int[] sackLeft = new int[MAX_SACK_BLOCKS];
    final int[] sackRight = new int[MAX_SACK_BLOCKS];

    /** The length of a Fast Open cookie, 0 for the request of one, -1 if there is none. */
    int cookieLength;

    /** Where the cookie begins in {@link #octets()}. */
    int cookieAt;

    /** The cookie is in the option's experimental form. */
    boolean cookieExperimental;

    private byte[] octets = new byte[0];
    private int textAt;
    private int textLength;
    private int headerLength;

    /** The IP header that it came behind. */
    void from(IpHeader header) {
        ip = header;
        switch (header) {
            case Ipv4Header ipv4 -> {
                srcFolded = ipv4.src();
                dstFolded = ipv4.dst();
            }
            case Ipv6Header ipv6 -> {
                srcFolded = ipv6.source().folded();
                dstFolded = ipv6.destination().folded();
            }
        }
        ecn = header.tos() & 3;
    }

    /** Its IP header and its own with all options, TCP_SAVED_SYN. */
    byte[] headers() {
        int before = ip().headerLength();
        var headers = new byte[before + headerLength];
        switch (ip()) {
            case Ipv4Header header -> header.writeTo(headers, 0);
            case Ipv6Header header -> header.writeTo(headers, 0);
        }
        System.arraycopy(octets, textAt - headerLength, headers, before, headerLength);
        return headers;
    }

    IpHeader ip() {
        if (ip == null) throw new IllegalStateException("no segment has come");
        return ip;
    }

    boolean isIpv4() {
        return ip instanceof Ipv4Header;
    }

    IpAddress source() {
        return ip().source();
    }

    IpAddress destination() {
        return ip().destination();
    }

    /**
     * Reads the header at {@code start}; answers false if no sender could mean it: too short, an
     * impossible data offset.
     */
    boolean read(byte[] from, int start, int end) {
        if (end - start < TcpHeader.SIZE) return false;
        int offsetAndFlags = unsignedShort(from, start + 12);
        int size = (offsetAndFlags >>> 12) * 4;
        if (size < TcpHeader.SIZE || start + size > end) return false;
        octets = from;
        srcPort = unsignedShort(from, start);
        dstPort = unsignedShort(from, start + 2);
        seq = (int) INT.get(from, start + 4);
        ack = (int) INT.get(from, start + 8);
        flags = offsetAndFlags & 0x1FF;
        window = unsignedShort(from, start + 14);
        urgentPointer = unsignedShort(from, start + 18);
        headerLength = size;
        textAt = start + size;
        textLength = end - textAt;
        mss = -1;
        windowScale = -1;
        sackPermitted = false;
        hasTimestamps = false;
        isSigned = false;
        sackBlocks = 0;
        cookieLength = -1;
        if (size > TcpHeader.SIZE) readOptions(start + TcpHeader.SIZE, textAt);
        return true;
    }

    /** As Linux: an option that runs over the end, or has a length below 2, ends the reading. */
    private void readOptions(int from, int end) {
        for (int at = from; at < end; ) {
            int kind = octets[at] & 0xFF;
            if (kind == TcpOption.END) return;
            if (kind == TcpOption.NOP) {
                at++;
                continue;
            }
            int length = at + 1 < end ? octets[at + 1] & 0xFF : 0;
            if (length < 2 || at + length > end) return;
            readOption(kind, length, at + 2);
            at += length;
        }
    }

    private void readOption(int kind, int length, int at) {
        boolean onSyn = has(SYN);
        if (kind == TcpOption.TIMESTAMPS && length == 10) {
            hasTimestamps = true;
            timestamp = (int) INT.get(octets, at);
            timestampEcho = (int) INT.get(octets, at + 4);
        } else if (kind == TcpOption.SACK && length >= 10 && (length - 2) % 8 == 0) {
            sackBlocks = Math.min((length - 2) / 8, MAX_SACK_BLOCKS);
            for (int i = 0; i < sackBlocks; i++) {
                sackLeft[i] = (int) INT.get(octets, at + 8 * i);
                sackRight[i] = (int) INT.get(octets, at + 8 * i + 4);
            }
        } else if (kind == TcpOption.MSS && length == 4 && onSyn) {
            mss = unsignedShort(octets, at);
        } else if (kind == TcpOption.WINDOW_SCALE && length == 3 && onSyn) {
            windowScale = octets[at] & 0xFF;
        } else if (kind == TcpOption.SACK_PERMITTED && length == 2 && onSyn) {
            sackPermitted = true;
        } else if (kind == TcpOption.MD5 && length == 18) {
            isSigned = true;
        } else if (kind == TcpOption.FAST_OPEN && onSyn) {
            readCookie(at, length - 2, false);
        } else if (kind == TcpOption.EXPERIMENT && length >= 4 && onSyn) {
            if (unsignedShort(octets, at) == TcpOption.FAST_OPEN_MAGIC) {
                readCookie(at + 2, length - 4, true);
            }
        }
    }

    /** RFC 7413 §4.1.1: an even number of octets from 4 to 16, or none at all. */
    private void readCookie(int at, int length, boolean experimental) {
        if ((length & 1) != 0) return;
        boolean usable = length == 0 || (length >= MIN_COOKIE && length <= MAX_COOKIE);
        cookieLength = usable ? length : -1;
        cookieAt = at;
        cookieExperimental = experimental;
    }

    /** The cookie it carries; null if it carries none. */
    @Nullable FastOpenCookie cookie() {
        if (cookieLength < 0) return null;
        byte[] copy = Arrays.copyOfRange(octets, cookieAt, cookieAt + cookieLength);
        return new FastOpenCookie(copy, cookieExperimental);
    }

    private static int unsignedShort(byte[] from, int at) {
        return (short) SHORT.get(from, at) & 0xFFFF;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean isSyn() {
        return has(SYN);
    }

    boolean isAck() {
        return has(ACK);
    }

    boolean isRst() {
        return has(RST);
    }

    boolean isUrgent() {
        return has(URG);
    }

    boolean isFin() {
        return has(FIN);
    }

    /** SEG.LEN: its text, and one each for SYN and FIN. */
    int length() {
        return textLength + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    /** The sequence number after its last. */
    int end() {
        return seq + length();
    }

    int textLength() {
        return textLength;
    }

    /** What its packet takes of SO_RCVBUF. */
    int memory() {
        return PacketMemory.of(ip().headerLength() + headerLength + textLength);
    }

    /** Octets of its TCP header, options included. */
    int headerLength() {
        return headerLength;
    }

    /** Where its text begins in {@link #octets()}. */
    int textAt() {
        return textAt;
    }

    /** What it lies in. Nobody writes to it any more. */
    byte[] octets() {
        return octets;
    }
}
