package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.catalogue.Skeleton;
import io.socketlab.server.web.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabZipTest {

    private static final LabFolder LAB = LabFolder.ofTexts(Skeleton.files("my-lab"));

    private static byte[] zip(Map<String, byte[]> files) {
        var octets = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(octets)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    private static byte[] zip(String path, String text) {
        return zip(Map.of(path, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertRefused(byte[] zip, String said) {
        assertThatThrownBy(() -> LabZip.read(zip))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.getBody().getDetail()).contains(said));
    }

    @Test
    void whatIsExportedIsImportedAsItWas() {
        byte[] zip = LabZip.write("my-lab", LAB);
        assertThat(LabZip.read(zip)).isEqualTo(LAB);
        assertThat(LabZip.write("my-lab", LAB)).isEqualTo(zip);
    }

    @Test
    void aFolderAroundTheFilesMayBeMissing() {
        assertThat(LabZip.read(zip("lab.yaml", "id: x")).paths()).containsExactly("lab.yaml");
        assertThat(LabZip.read(zip("solution/plain.pkt", "")).paths())
                .containsExactly("solution/plain.pkt");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, leads out of the lab's folder",
        "my-lab/../../passwd, leads out of the lab's folder",
        "C:\\passwd, leads out of the lab's folder",
        "my-lab/.git/config, cannot be a file of a lab",
        "my-lab/solution/.hidden, cannot be a file of a lab",
        "my-lab/a/b/c.pkt, cannot be a file of a lab",
        "my-lab/sol ution/c.pkt, cannot be a file of a lab",
        "my-lab/src/c.pkt, A lab has no folder 'src'"
    })
    void pathsThatAreNotALabsAreRefused(String path, String said) {
        assertRefused(zip(Map.of("my-lab/lab.yaml", new byte[0], path, new byte[1])), said);
    }

    @Test
    void linksAreRefused() {
        byte[] zip = zip("my-lab/lab.yaml", "/etc/passwd");
        ByteBuffer octets = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = octets.getInt(zip.length - 6);
        octets.putShort(directory + 4, (short) (3 << 8 | 20)); // made on Unix
        octets.putInt(directory + 38, 0120777 << 16);
        assertRefused(zip, "is a link or a device");
    }

    @Test
    void bombsAreRefusedBeforeTheyAreUnpacked() {
        assertRefused(zip(Map.of("lab.yaml", new byte[100 << 20])), "a file has at most 262,144");
        var many = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < 20; i++) many.put("assets/" + i, new byte[200 << 10]);
        assertRefused(zip(many), "more than 2,097,152 octets");
    }

    @Test
    void aSizeThatIsALieIsFound() {
        byte[] zip = zip(Map.of("lab.yaml", new byte[1 << 20]));
        ByteBuffer octets = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        octets.putInt(octets.getInt(zip.length - 6) + 24, 10);
        assertRefused(zip, "does not have the size");
    }

    @Test
    void tooManyEntriesAreRefused() {
        var many = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < 201; i++) many.put("assets/" + i, new byte[0]);
        assertRefused(zip(many), "The zip has 201 entries");
        many.keySet().removeIf(path -> path.length() > 9);
        for (int i = 0; i < 101; i++) many.put("assets/" + i, new byte[0]);
        assertRefused(zip(many), "a lab has at most 100");
    }

    @Test
    void filesThatOnlyDifferInLargeLettersAreRefused() {
        assertRefused(
                zip(Map.of("lab.yaml", new byte[0], "Lab.yaml", new byte[0])), "are one file");
    }

    @Test
    void whateverIsCutOffOrChangedIsRefusedOrTheSame() {
        byte[] zip = LabZip.write("my-lab", LAB);
        for (int length = 0; length < zip.length; length += 7) {
            byte[] cut = Arrays.copyOf(zip, length);
            assertThatThrownBy(() -> LabZip.read(cut)).isInstanceOf(ProblemException.class);
        }
        for (int at = 0; at < zip.length; at++) {
            byte[] changed = zip.clone();
            changed[at] ^= 0x55;
            try {
                LabZip.read(changed);
            } catch (ProblemException e) {
                assertThat(e.getBody().getDetail()).isNotBlank();
            }
        }
    }
}
