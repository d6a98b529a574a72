package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Control messages as they lie in a program's memory, the fields of a little-endian machine with a
 * time_t of 64 bits. cmsg(3).
 */
public final class ControlOctets {

    private static final long SECOND = 1_000_000_000L;
    private static final int EXTENDED_ERROR = 16;
    private static final byte[] NONE = {};

    private ControlOctets() {}

    /** CMSG_DATA() of {@code message}. */
    public static byte[] of(ControlMessage message) {
        return switch (message) {
            case ControlMessage.Inq(int octets) -> number(octets);
            case ControlMessage.Joined(int octets) -> number(octets);
            case ControlMessage.Dropped(int datagrams) -> number(datagrams);
            case ControlMessage.Ttl(int ttl) -> number(ttl);
            case ControlMessage.Tos(int tos) -> new byte[] {(byte) tos};
            case ControlMessage.HopLimit(int hops) -> number(hops);
            case ControlMessage.TrafficClass(int tclass) -> number(tclass);
            case ControlMessage.Timestamp(long nanos) ->
                    longs(nanos / SECOND, nanos % SECOND / 1000);
            case ControlMessage.TimestampNs(long nanos) -> longs(nanos / SECOND, nanos % SECOND);
            case ControlMessage.Timestamping(long nanos) ->
                    longs(nanos / SECOND, nanos % SECOND, 0, 0, 0, 0); // no hardware stamps
            case ControlMessage.PacketInfo(int ifindex, var local, var destination) -> {
                byte[] octets = Arrays.copyOf(number(ifindex), 3 * Integer.BYTES);
                Octets.putInt(octets, Integer.BYTES, local.bits());
                Octets.putInt(octets, 2 * Integer.BYTES, destination.bits());
                yield octets;
            }
            case ControlMessage.Ipv6PacketInfo(var destination, int ifindex) -> {
                byte[] octets = new byte[5 * Integer.BYTES];
                destination.writeTo(octets, 0);
                System.arraycopy(number(ifindex), 0, octets, 4 * Integer.BYTES, Integer.BYTES);
                yield octets;
            }
            case ControlMessage.OriginalDestination(var destination) ->
                    SocketAddressOctets.of(destination);
            case ControlMessage.ReceivedError error -> error(error);
            case ControlMessage.Cut(var whole, int octets) -> Arrays.copyOf(of(whole), octets);
        };
    }

    /** struct sock_extended_err, and behind it who reported it, of the socket's family. */
    private static byte[] error(ControlMessage.ReceivedError message) {
        boolean wide = message.family() == AddressFamily.AF_INET6;
        int address = wide ? SocketAddressOctets.SOCKADDR_IN6 : SocketAddressOctets.SOCKADDR_IN;
        var octets = new byte[EXTENDED_ERROR + address];
        ByteBuffer out = little(octets);
        ExtendedError error = message.error();
        out.putInt(error.errno())
                .put((byte) error.origin())
                .put((byte) error.type())
                .put((byte) error.code())
                .put((byte) 0)
                .putInt(error.info())
                .putInt(error.data());
        message.offender().ifPresent(offender -> out.put(SocketAddressOctets.of(offender)));
        return octets;
    }

    /** msg_control, filled with {@code messages}; as long as msg_controllen says then. */
    public static byte[] all(List<ControlMessage> messages, ControlRoom room) {
        if (messages.isEmpty()) return NONE;
        ControlLayout layout = room.layout();
        int length = 0;
        for (ControlMessage message : messages) length += layout.space(of(message).length);
        var octets = new byte[length];
        ByteBuffer out = little(octets);
        int at = 0;
        for (ControlMessage message : messages) {
            byte[] data = of(message);
            out.position(at);
            int cmsgLen = layout.length(data.length);
            if (layout.sizeT() == Long.BYTES) out.putLong(cmsgLen);
            else out.putInt(cmsgLen);
            ControlKind kind = message.kind();
            out.putInt(kind.level().number()).putInt(kind.type()).put(data);
            at += layout.space(data.length);
        }
        return Arrays.copyOf(octets, Math.min(length, room.octets()));
    }

    /** An int. */
    public static byte[] number(int n) {
        var octets = new byte[Integer.BYTES];
        little(octets).putInt(n);
        return octets;
    }

    private static byte[] longs(long... numbers) {
        var octets = new byte[Long.BYTES * numbers.length];
        ByteBuffer out = little(octets);
        for (long n : numbers) out.putLong(n);
        return octets;
    }

    private static ByteBuffer little(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }
}
