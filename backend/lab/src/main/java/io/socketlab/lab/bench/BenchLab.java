package io.socketlab.lab.bench;

import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.model.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The lab that programs are measured in, and the programs: C, compiled, their sources beside. */
final class BenchLab {

    /** A server and three clients. */
    static final int CHATTERS = 3;

    private static final List<String> PROGRAMS =
            List.of("chat_server", "chat_client", "waits", "spins");

    private final Lab lab;
    private final Map<String, byte[]> programs = new TreeMap<>();

    BenchLab() {
        String yaml = new String(octets(LabReader.FILE), StandardCharsets.UTF_8);
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : PROGRAMS) {
            String path = LabFiles.PROGRAMS + name + LabFiles.WASM;
            byte[] wasm = octets(path);
            programs.put(name, wasm);
            files.put(path, wasm);
        }
        lab = LabReader.read(new TextFiles("bench", Map.of(LabReader.FILE, yaml), files));
    }

    private static byte[] octets(String path) {
        try (InputStream in =
                Objects.requireNonNull(BenchLab.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Lab lab() {
        return lab;
    }

    /** As a compiler made it; a copy. */
    byte[] wasm(String program) {
        return Objects.requireNonNull(programs.get(program), program).clone();
    }

    /**
     * What four students of a chat would hand in.
     *
     * @param server its program, or one that differs from it
     */
    ProgramAnswer chat(byte[] server) {
        List<ProgramAnswer.Program> all = new ArrayList<>();
        all.add(program("server", "chat_server", server, "7777 " + CHATTERS));
        byte[] client = wasm("chat_client");
        for (String name : List.of("ada", "bob", "eve")) {
            all.add(
                    program(
                            "client",
                            "chat_client",
                            client,
                            "10.0.0.2 7777 " + name + " {{lines}}"));
        }
        return new ProgramAnswer(all, null);
    }

    /** The line that starts one of the programs. */
    static String exec(String who, String program, String arguments) {
        return "exec %s %s%s%s %s"
                .formatted(who, LabFiles.PROGRAMS, program, LabFiles.WASM, arguments)
                .strip();
    }

    private static ProgramAnswer.Program program(
            String host, String title, byte[] wasm, String arguments) {
        return ProgramAnswer.Program.made(host, title, wasm, arguments, "", "");
    }
}
