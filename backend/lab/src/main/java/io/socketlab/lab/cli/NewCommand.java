package io.socketlab.lab.cli;

import io.socketlab.lab.model.LabReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketlab new}. */
@Command(
        name = "new",
        description =
                "Makes the folder of a lab that is proven already, to be changed step by step.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:made", "64:wrong use"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NewCommand implements Callable<Integer> {

    private static final List<String> FILES =
            List.of(
                    LabReader.FILE,
                    "statement.en.md",
                    "starter/start.pkt",
                    "solution/plain.pkt",
                    "solution/in_pieces.pkt",
                    "mutants/nobody_reads.pkt");

    /** In the skeleton, what the lab's id takes the place of. */
    private static final String PLACEHOLDER = "ID";

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            description = "its last name becomes the lab's id: small letters, digits and '-'")
    private Path folder;

    @Override
    public Integer call() {
        String id = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        if (!LabReader.isId(id)) {
            throw new UsageException(
                    "expected an id of small letters, digits and '-', not '" + id + "'");
        }
        if (Files.exists(folder)) throw new UsageException(folder + " is there already");
        PrintWriter out = spec.commandLine().getOut();
        for (String path : FILES) {
            write(folder.resolve(path), skeleton(path).replaceAll("\\b" + PLACEHOLDER + "\\b", id));
            out.println(folder.resolve(path));
        }
        return 0;
    }

    private static String skeleton(String path) {
        try (InputStream in =
                Objects.requireNonNull(
                        NewCommand.class.getResourceAsStream("skeleton/" + path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Path parent = file.getParent();
            if (parent != null) Files.createDirectories(parent);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be written");
        }
    }
}
