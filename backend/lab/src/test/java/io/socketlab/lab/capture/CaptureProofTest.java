package io.socketlab.lab.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.run.TwoHosts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A capture is right as it is written, and whatever is done to it is found. */
class CaptureProofTest {

    private static final int PACKET = 6;
    private static final int FRAME = 28;
    private static final int TTL = 14 + 8;
    private static final int TCP_WINDOW = 14 + 20 + 14;

    private byte[] file;
    private int interfaces;
    private int packets;

    @BeforeEach
    void connect() throws IOException {
        Capture capture =
                Capture.replay(
                        TwoHosts.labWith("delay: 10ms}", "delay: 10ms}"),
                        7,
                        List.of(
                                "client: socket(AF_INET, SOCK_STREAM, 0)",
                                "client: connect(3, server:80)",
                                "run"),
                        1 << 20);
        assertThat(CaptureProof.of(capture)).isEmpty();
        var out = new ByteArrayOutputStream();
        Pcapng.write(capture, out);
        file = out.toByteArray();
        interfaces = capture.interfaces().size();
        packets = capture.frames().size();
    }

    /** Where the block of the first packet begins. */
    private int packet() {
        ByteBuffer blocks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (blocks.getInt(at) != PACKET) at += blocks.getInt(at + 4);
        return at;
    }

    private List<String> problems() {
        return CaptureProof.of(file, interfaces, packets);
    }

    @Test
    void findsAWrongChecksumOfIp() {
        file[packet() + FRAME + TTL]++;
        assertThat(problems())
                .containsExactly("packet 1: the checksum of its IPv4 header is wrong");
    }

    @Test
    void findsAWrongChecksumOfTcp() {
        file[packet() + FRAME + TCP_WINDOW]++;
        assertThat(problems()).containsExactly("packet 1: its TCP checksum is wrong");
    }

    @Test
    void findsALengthThatDoesNotFit() {
        file[packet() + FRAME + 14 + 2] = 0x7F;
        assertThat(problems()).containsExactly("packet 1: an IPv4 header whose lengths do not fit");
    }

    @Test
    void findsAPacketWithoutComment() {
        ByteBuffer block = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = block.getInt(packet() + 20);
        block.putShort(packet() + FRAME + (length + 3) / 4 * 4, (short) 2988); // a custom option
        assertThat(problems()).containsExactly("packet 1 has no comment");
    }

    @Test
    void findsABlockThatDoesNotEndWhereItSays() {
        file = Arrays.copyOf(file, file.length - 4);
        assertThat(problems()).hasSize(1).first().asString().contains("does not end where it says");
    }

    @Test
    void findsThatPacketsAreMissing() {
        packets++;
        assertThat(problems()).containsExactly((packets - 1) + " packets, expected " + packets);
    }
}
