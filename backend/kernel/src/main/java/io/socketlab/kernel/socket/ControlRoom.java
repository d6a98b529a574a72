package io.socketlab.kernel.socket;

import io.socketlab.kernel.socket.ControlMessage.Cut;
import java.util.ArrayList;
import java.util.List;

/**
 * What recvmsg(2) is given for control messages: msg_control and msg_controllen. net/core/scm.c,
 * put_cmsg().
 *
 * @param octets msg_controllen; 0 where msg_control is NULL
 */
public record ControlRoom(int octets, ControlLayout layout) {

    /** For whatever there is to tell. */
    public static final ControlRoom ENOUGH = new ControlRoom(Integer.MAX_VALUE, ControlLayout.LP64);

    /**
     * What a program with such room sees of {@code received}: messages as far as they fit, the last
     * perhaps cut short, and MSG_CTRUNC where that is not all.
     */
    public Received limit(Received received) {
        if (received.control().isEmpty() || octets == Integer.MAX_VALUE) return received;
        List<ControlMessage> told = new ArrayList<>();
        boolean truncated = false;
        int left = octets;
        for (ControlMessage message : received.control()) {
            if (left < layout.header()) {
                truncated = true;
                continue; // one that is shorter would not fit either
            }
            int data = ControlOctets.of(message).length;
            boolean fits = left >= layout.length(data);
            told.add(fits ? message : new Cut(message, left - layout.header()));
            truncated |= !fits;
            left -= Math.min(layout.space(data), left);
        }
        return truncated ? received.withTruncatedControl(told) : received;
    }
}
