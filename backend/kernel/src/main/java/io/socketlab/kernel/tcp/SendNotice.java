package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.ErrorQueue;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.SeqNum;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the program is to be told of a record: that its pages are free (MSG_ZEROCOPY), and when its
 * last octet was sent and acknowledged (SO_TIMESTAMPING).
 */
final class SendNotice {

    @Nullable ZerocopyRange range;

    /** Pages of the program that the record refers to. */
    int pages;

    /** Memory that they take beyond their octets. */
    int padding;

    private int stamps;
    private int stampedOctet;

    /** The record has octets of {@code sends}. */
    void refer(ZerocopyRange sends) {
        if (range != null) return;
        range = sends;
        sends.references++;
    }

    /** {@code octet} is to be told of, in the ways of {@code flags}. Linux's tcp_tx_timestamp. */
    void stamp(int flags, int octet) {
        int wanted = flags & SocketOptions.TX_RECORD;
        if (wanted == 0) return;
        stamps |= wanted;
        stampedOctet = octet;
    }

    /** The record is cut at {@code seq}: what its rest takes along. */
    @Nullable SendNotice splitAt(int seq) {
        boolean stampGoes = stamps != 0 && SeqNum.atLeast(stampedOctet, seq);
        if (range == null && !stampGoes) return null;
        var rest = new SendNotice();
        rest.range = range;
        if (range != null) range.references++;
        if (stampGoes) {
            rest.stamps = stamps;
            rest.stampedOctet = stampedOctet;
            stamps = 0;
        }
        return rest;
    }

    /** The record takes in that of {@code next}: one octet is told of, the later. */
    void takeStampOf(SendNotice next) {
        if (next.stamps == 0) return;
        stamps |= next.stamps;
        stampedOctet = next.stampedOctet;
    }

    /** The record has gone out. */
    void sent(Connection c, SegmentRecord record) {
        if ((stamps & SocketOptions.TX_SCHED) != 0) {
            tell(c, record, ExtendedError.SCM_TSTAMP_SCHED);
        }
        if ((stamps & SocketOptions.TX_SOFTWARE) != 0) {
            tell(c, record, ExtendedError.SCM_TSTAMP_SND);
        }
    }

    /** SND.UNA has moved on from {@code una}. */
    void acknowledged(Connection c, SegmentRecord record, int una) {
        if ((stamps & SocketOptions.TX_ACK) == 0) return;
        boolean now =
                SeqNum.atLeast(stampedOctet, una) && SeqNum.before(stampedOctet, c.tcb.snd.una);
        if (now) tell(c, record, ExtendedError.SCM_TSTAMP_ACK);
    }

    private void tell(Connection c, SegmentRecord record, int what) {
        SocketOptions options = c.settings.base;
        int flags = options.timestamping();
        boolean bare = (flags & SocketOptions.OPT_TSONLY) != 0;
        boolean numbered = (flags & SocketOptions.OPT_ID) != 0;
        byte[] text =
                bare
                        ? new byte[0]
                        : Arrays.copyOfRange(
                                record.octets, record.from, record.from + record.length);
        var error =
                new ExtendedError(
                        io.socketlab.kernel.socket.Errno.ENOMSG.number(),
                        ExtendedError.SO_EE_ORIGIN_TIMESTAMPING,
                        0,
                        0,
                        what,
                        numbered ? stampedOctet - options.timestampKey() : 0);
        var entry =
                new ErrorQueue.Entry(
                        text, error, Optional.empty(), Optional.empty(), c.now(), Optional.empty());
        if (options.errorQueue().add(entry, options.receiveBuffer())) c.wake(EventMask.ERR);
    }

    /** The record is gone for good. */
    void released(Connection c) {
        ZerocopyRange done = range;
        range = null;
        if (done != null) c.zerocopy().release(done);
    }
}
