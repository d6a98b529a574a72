package io.socketlab.lab.capture;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.link.PacketTap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the frames of a run. What came as it was sent shares its octets with what was sent. */
public final class FrameLog implements PacketTap {

    /** What a frame takes beside its octets, about. */
    private static final int OVERHEAD = 64;

    private final long mostOctets;
    private final List<Frame> frames = new ArrayList<>();

    /** Of each packet, the octets with which it was last seen. */
    private final Map<Integer, byte[]> seen = new HashMap<>();

    private long octets;

    private FrameLog(long mostOctets) {
        this.mostOctets = mostOctets;
    }

    /** One that takes as much as there is. */
    public static FrameLog unlimited() {
        return new FrameLog(Long.MAX_VALUE);
    }

    /**
     * One that ends the run with a {@link CaptureTooLargeException} when its frames take more
     * memory.
     *
     * @param octets of memory
     */
    public static FrameLog limitedTo(long octets) {
        return new FrameLog(octets);
    }

    @Override
    public void frame(Place where, long at, int event, PacketBuffer frame) {
        byte[] held = octets(frame);
        octets += OVERHEAD;
        if (octets > mostOctets) throw new CaptureTooLargeException(mostOctets);
        frames.add(
                new Frame(
                        event,
                        at,
                        where.host(),
                        where.device(),
                        where.outgoing(),
                        frame.number(),
                        held));
    }

    private byte[] octets(PacketBuffer frame) {
        byte[] before = seen.get(frame.number());
        if (before != null && isSame(before, frame)) return before;
        byte[] now = Arrays.copyOfRange(frame.octets(), frame.start(), frame.end());
        seen.put(frame.number(), now);
        octets += now.length;
        return now;
    }

    private static boolean isSame(byte[] octets, PacketBuffer frame) {
        return Arrays.equals(octets, 0, octets.length, frame.octets(), frame.start(), frame.end());
    }

    /** In the order in which they passed. */
    public List<Frame> frames() {
        return Collections.unmodifiableList(frames);
    }

    /** Octets of memory that they take, about. */
    public long octets() {
        return octets;
    }
}
