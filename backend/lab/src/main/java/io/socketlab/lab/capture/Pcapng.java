package io.socketlab.lab.capture;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.run.RunInterface;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A capture as a pcapng file: a section, a network card an interface, a frame a packet with its
 * comment, and what each card has counted. draft-ietf-opsawg-pcapng.
 */
public final class Pcapng {

    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int STATISTICS = 5;
    private static final int PACKET = 6;

    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final long UNKNOWN_LENGTH = -1;
    private static final int ETHERNET = 1;

    private static final int SHB_OS = 3;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2;
    private static final int IF_DESCRIPTION = 3;
    private static final int IF_MACADDR = 6;
    private static final int IF_TSRESOL = 9;
    private static final int EPB_FLAGS = 2;
    private static final int EPB_PACKETID = 5;
    private static final int ISB_IFRECV = 4;
    private static final int ISB_IFDROP = 5;

    private static final byte[] NANOSECONDS = {9};
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;

    private final Capture capture;
    private final OutputStream out;

    private Pcapng(Capture capture, OutputStream out) {
        this.capture = capture;
        this.out = out;
    }

    /** Writes a whole file. */
    public static void write(Capture capture, OutputStream out) throws IOException {
        var file = new Pcapng(capture, out);
        file.section();
        for (RunInterface card : capture.interfaces()) file.describe(card);
        file.packets();
        for (int i = 0; i < capture.interfaces().size(); i++) file.statistics(i);
    }

    private void section() throws IOException {
        var block =
                new Block(SECTION)
                        .u32(BYTE_ORDER)
                        .u16(1)
                        .u16(0)
                        .u64(UNKNOWN_LENGTH)
                        .comment(
                                "lab %s, seed %d; virtual time, which begins at 0"
                                        .formatted(capture.lab(), capture.seed()))
                        .option(SHB_OS, "simulated")
                        .option(SHB_USERAPPL, "SocketLab");
        out.write(block.whole());
    }

    private void describe(RunInterface card) throws IOException {
        var block =
                new Block(INTERFACE)
                        .u16(ETHERNET)
                        .u16(0)
                        .u32(0) // no limit of octets a packet
                        .option(IF_NAME, card.name())
                        .option(IF_DESCRIPTION, card.device() + " of " + card.host())
                        .option(IF_MACADDR, mac(card.mac()))
                        .option(IF_TSRESOL, NANOSECONDS);
        out.write(block.whole());
    }

    private static byte[] mac(long address) {
        var octets = new byte[6];
        for (int i = 0; i < octets.length; i++) octets[i] = (byte) (address >>> 8 * (5 - i));
        return octets;
    }

    private void packets() throws IOException {
        List<RunInterface> cards = capture.interfaces();
        Map<String, Integer> numbers = new HashMap<>();
        for (RunInterface card : cards) numbers.put(card.name(), numbers.size());
        var comments = new FrameComments(capture);
        for (Frame frame : capture.frames()) {
            Integer card = numbers.get(frame.card());
            if (card != null) out.write(packet(card, frame, comments.of(frame)).whole());
        }
    }

    private static Block packet(int card, Frame frame, String comment) {
        return new Block(PACKET)
                .u32(card)
                .time(frame.at())
                .u32(frame.octets().length)
                .u32(frame.octets().length)
                .octets(frame.octets())
                .comment(comment)
                .option(EPB_FLAGS, frame.outgoing() ? OUTBOUND : INBOUND)
                .option(EPB_PACKETID, (long) frame.packet());
    }

    /** What has come in, and what came to nothing at the card or before it. */
    private void statistics(int number) throws IOException {
        RunInterface card = capture.interfaces().get(number);
        long received =
                capture.frames().stream()
                        .filter(f -> !f.outgoing() && f.card().equals(card.name()))
                        .count();
        long dropped =
                capture.events().stream()
                        .filter(e ->
                                e instanceof TraceEvent.PacketDropped drop
                                        && drop.stamp().host().equals(card.host())
                                        && drop.where().equals("rxRing"))
                        .count();
        long end = capture.events().isEmpty() ? 0 : capture.events().getLast().stamp().at();
        var block =
                new Block(STATISTICS)
                        .u32(number)
                        .time(end)
                        .option(ISB_IFRECV, received)
                        .option(ISB_IFDROP, dropped);
        out.write(block.whole());
    }
}
