package io.socketlab.kernel.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A packet's octets and where its headers begin; Linux's sk_buff. A sender writes the innermost
 * part and every layer below {@linkplain #push pushes} its header in front; a receiver {@linkplain
 * #pull pulls} them off again. It keeps its number from where it is sent to where it arrives or is
 * lost.
 */
public final class PacketBuffer {

    private int number;
    private final byte[] octets;
    private int start;
    private int end;
    private int cause;
    private boolean corrupted;
    private byte priority;
    private int segmentSize;
    private int interfaceIndex;

    /** Whose memory it takes, until it has left the host. */
    private @Nullable PacketOwner owner;

    private int charge;
    private long departure;

    /** The one behind it in a queue. */
    @Nullable PacketBuffer next;

    private PacketBuffer(int number, byte[] octets, int start, int end) {
        this.number = number;
        this.octets = octets;
        this.start = start;
        this.end = end;
    }

    /**
     * A packet of {@code length} octets, all 0, with room for {@code headroom} octets of headers in
     * front.
     */
    public static PacketBuffer withRoom(int number, int headroom, int length) {
        return new PacketBuffer(number, new byte[headroom + length], headroom, headroom + length);
    }

    /** A copy under a number of its own, as a link that duplicates makes. */
    public PacketBuffer copy(int copyNumber) {
        var copy = new PacketBuffer(copyNumber, Arrays.copyOf(octets, octets.length), start, end);
        copy.cause = cause;
        copy.corrupted = corrupted;
        copy.interfaceIndex = interfaceIndex;
        return copy;
    }

    public int number() {
        return number;
    }

    /** The array that holds the packet, from {@link #start} to {@link #end}. */
    public byte[] octets() {
        return octets;
    }

    /** Index of the first octet of the header or text that is being dealt with. */
    public int start() {
        return start;
    }

    /** Index after the last octet. */
    public int end() {
        return end;
    }

    public int length() {
        return end - start;
    }

    /** Makes room for a header of {@code octets} in front. */
    public void push(int octets) {
        if (octets > start) throw new IllegalStateException("no headroom for " + octets);
        start -= octets;
    }

    /** Leaves a header of {@code octets} behind. */
    public void pull(int octets) {
        if (octets > length()) throw new IllegalStateException("pulled beyond the packet's end");
        start += octets;
    }

    /** Cuts the packet off after {@code length} octets. */
    public void trim(int length) {
        if (length > length()) throw new IllegalStateException("cannot grow to " + length);
        end = start + length;
    }

    /** The number of the event that last happened to it: the cause of what happens to it next. */
    public int cause() {
        return cause;
    }

    public void causedBy(int event) {
        cause = event;
    }

    /** Octets of text in each of the segments that a network card has joined to it; 0 for none. */
    public int segmentSize() {
        return segmentSize;
    }

    /** Says that a network card has joined it from segments of so much text. */
    public void joinedFrom(int octetsEach) {
        segmentSize = octetsEach;
    }

    /** By which of the host's interfaces it has come: its index; 0 as long as it has not. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** Says by which interface it has come. */
    public void arrivedBy(int index) {
        interfaceIndex = index;
    }

    /** Whether a link has changed a bit, so that receivers must look at its checksums. */
    public boolean corrupted() {
        return corrupted;
    }

    /** Says that some of it may not be as it was sent. */
    public void corrupt() {
        corrupted = true;
    }

    /** Takes the number, cause and interface of {@code other}, whose octets it carries on. */
    public PacketBuffer as(PacketBuffer other) {
        number = other.number;
        cause = other.cause;
        interfaceIndex = other.interfaceIndex;
        return this;
    }

    /**
     * Says whose it is until it has left the host.
     *
     * @param octets of its owner's memory that it takes until then
     * @param earliest when it may leave, virtual nanoseconds; 0 at once
     */
    public void ownedBy(PacketOwner socket, int octets, long earliest) {
        owner = socket;
        charge = octets;
        departure = earliest;
    }

    /** Whose it is; null once it has left the host, and for packets of no socket. */
    public @Nullable PacketOwner owner() {
        return owner;
    }

    /** It has left the host, or is lost: what it took of its owner's memory is free. */
    public void released() {
        PacketOwner was = owner;
        if (was == null) return;
        owner = null;
        if (charge > 0) was.released(charge);
    }

    /** When it may leave at the earliest, virtual nanoseconds; 0 at once. */
    public long departure() {
        return departure;
    }

    void departure(long earliest) {
        departure = earliest;
    }

    /** As SO_PRIORITY or IP_TOS has it, its last four bits. */
    public int priority() {
        return priority;
    }

    public void priority(int wanted) {
        priority = (byte) (wanted & 15);
    }

    /** Changes one bit, {@code bit} counted from the first of {@link #start}. */
    void flip(int bit) {
        octets[start + bit / 8] ^= (byte) (0x80 >>> bit % 8);
        corrupted = true;
    }
}
