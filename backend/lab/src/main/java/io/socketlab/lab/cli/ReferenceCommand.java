package io.socketlab.lab.cli;

import io.socketlab.lab.reference.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code socketlab reference}. */
@Command(
        name = "reference",
        description = "Prints what checks can name, as Markdown: docs/reference.md.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReferenceCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(Reference.page());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
