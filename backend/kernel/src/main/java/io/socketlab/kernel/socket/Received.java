package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * What a receiving call gives back.
 *
 * @param data the octets in the program's buffer
 * @param result what the function returns: the count, or with MSG_TRUNC a datagram's real length
 * @param from where it came from, for datagrams
 * @param flags msg_flags of recvmsg(2): MSG_TRUNC if the tail of a datagram was cut off
 * @param control what recvmsg(2) tells beside it
 */
public record Received(
        byte[] data, int result, Optional<Endpoint> from, int flags, List<ControlMessage> control) {

    public Received {
        control = List.copyOf(control);
    }

    public Received(byte[] data, int result, Optional<Endpoint> from, int flags) {
        this(data, result, from, flags, List.of());
    }

    /** The same, of whose control messages only {@code told} had room: MSG_CTRUNC. */
    Received withTruncatedControl(List<ControlMessage> told) {
        return new Received(data, result, from, flags | MessageFlags.MSG_CTRUNC, told);
    }
}
