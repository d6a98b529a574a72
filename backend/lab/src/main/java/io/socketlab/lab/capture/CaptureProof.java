package io.socketlab.lab.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a capture back as a stranger would, octet by octet, and says what is wrong with it: blocks
 * that do not end where they say, frames that are malformed or whose checksums are wrong though no
 * link has changed them, packets without a comment. tshark says the same where it is there.
 */
public final class CaptureProof {

    private static final int SECTION = 0x0A0D0D0A;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    private static final int COMMENT = 1;

    /** Type and length of a block, before its body; its length again, behind it. */
    private static final int HEAD = 8;

    private static final int TAIL = 4;
    private static final int PACKET_FIELDS = 20;
    private static final String CHANGED = "changed on the way";

    private final ByteBuffer file;
    private final List<String> problems = new ArrayList<>();
    private int interfaces;
    private int packets;

    private CaptureProof(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What is wrong with the file that {@code capture} makes; nothing if it is right. */
    public static List<String> of(Capture capture) {
        var out = new ByteArrayOutputStream();
        try {
            Pcapng.write(capture, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(out.toByteArray(), capture.interfaces().size(), capture.frames().size());
    }

    /**
     * What is wrong with a file.
     *
     * @param interfaces how many it has to have
     * @param packets how many it has to have, each with its comment
     */
    static List<String> of(byte[] file, int interfaces, int packets) {
        var proof = new CaptureProof(file);
        proof.read();
        if (proof.problems.isEmpty()) {
            proof.expect("interfaces", interfaces, proof.interfaces);
            proof.expect("packets", packets, proof.packets);
        }
        return List.copyOf(proof.problems);
    }

    private void expect(String what, int expected, int actual) {
        if (expected != actual) problems.add(actual + " " + what + ", expected " + expected);
    }

    private void read() {
        while (file.hasRemaining()) {
            int start = file.position();
            if (!block(start)) return;
        }
    }

    /** Whether it can be told where the next one begins. */
    private boolean block(int start) {
        int length = file.remaining() < HEAD + TAIL ? 0 : file.getInt(start + 4);
        boolean fits = length >= HEAD + TAIL && length % 4 == 0 && length <= file.remaining();
        if (!fits || file.getInt(start + length - TAIL) != length) {
            problems.add("octet " + start + ": a block that does not end where it says");
            return false;
        }
        ByteBuffer body = file.slice(start + HEAD, length - HEAD - TAIL).order(file.order());
        switch (file.getInt(start)) {
            case SECTION -> {
                if (body.getInt(0) != BYTE_ORDER) problems.add("a section of another byte order");
            }
            case INTERFACE -> interfaces++;
            case PACKET -> packet(body);
            default -> {} // others are passed over, as readers do
        }
        file.position(start + length);
        return true;
    }

    private void packet(ByteBuffer body) {
        String name = "packet " + ++packets;
        int captured = body.getInt(12);
        boolean whole = captured == body.getInt(16) && captured <= body.remaining() - PACKET_FIELDS;
        if (!whole || body.getInt(0) >= interfaces) {
            problems.add(name + ": cut off, or of an interface that there is not");
            return;
        }
        String comment = comment(body, PACKET_FIELDS + (captured + 3) / 4 * 4);
        if (comment.isEmpty()) problems.add(name + " has no comment");
        byte[] frame = new byte[captured];
        body.get(PACKET_FIELDS, frame);
        if (comment.contains(CHANGED)) return;
        FrameProof.problem(frame).ifPresent(problem -> problems.add(name + ": " + problem));
    }

    private static String comment(ByteBuffer body, int options) {
        int at = options;
        while (at + 4 <= body.limit()) {
            int code = Short.toUnsignedInt(body.getShort(at));
            int length = Short.toUnsignedInt(body.getShort(at + 2));
            if (code == COMMENT && at + 4 + length <= body.limit()) {
                byte[] text = new byte[length];
                body.get(at + 4, text);
                return new String(text, StandardCharsets.UTF_8);
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        return "";
    }
}
