package io.socketlab.sandbox.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is left of a module. */
class DebugSectionsTest {

    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private static byte[] module(byte[]... sections) {
        var module = new ByteArrayOutputStream();
        module.writeBytes(HEADER);
        for (byte[] section : sections) module.writeBytes(section);
        return module.toByteArray();
    }

    private static byte[] custom(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[octets.length + 3];
        content[0] = (byte) octets.length;
        System.arraycopy(octets, 0, content, 1, octets.length);
        return section(0, content);
    }

    private static byte[] section(int id, byte... content) {
        int low = content.length % 128 | 128;
        byte[] head = {(byte) id, (byte) low, (byte) (content.length / 128 | 128), -128, -128, 0};
        byte[] section = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, section, head.length, content.length);
        return section;
    }

    @Test
    void linesAndNamesStayAndTheRestGoes() {
        byte[] types = {1, 1, 0}; // its size in one octet
        byte[] module =
                module(
                        types,
                        custom(".debug_info"),
                        custom(".debug_line"),
                        custom(".debug_str"),
                        custom("name"));
        assertThat(DebugSections.without(module))
                .isEqualTo(module(section(1, (byte) 0), custom(".debug_line"), custom("name")));
    }

    /** It comes from a linker that somebody else's program was given to. */
    @Test
    void noneOfItIsReadBeyondItsEnd() {
        byte[] module = module(custom(".debug_info"), custom("name"));
        int ends = 0;
        for (int length = 0; length < module.length; length++) {
            try {
                DebugSections.without(Arrays.copyOf(module, length));
                ends++;
            } catch (IllegalArgumentException e) {
                // it was cut within a section, or its size
            }
        }
        assertThat(ends).as("behind the header, and behind the first section").isEqualTo(2);
        byte[] endless = {0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0x7F};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DebugSections.without(module(endless)));
    }
}
