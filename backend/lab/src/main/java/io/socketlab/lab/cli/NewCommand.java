package io.socketlab.lab.cli;

import io.socketlab.lab.catalogue.Skeleton;
import io.socketlab.lab.model.LabReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Skeleton.files(id)
                .forEach((path, text) -> {
                    write(folder.resolve(path), text);
                    out.println(folder.resolve(path));
                });
        return 0;
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
