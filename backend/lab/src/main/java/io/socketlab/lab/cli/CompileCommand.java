package io.socketlab.lab.cli;

import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.CompilerFailedException;
import io.socketlab.sandbox.compile.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code socketlab compile}. */
@Command(
        name = "compile",
        description =
                "Compiles a C program as the server does: by this machine's clang, in a jail. What the compiler says"
                        + " goes to standard error.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompileCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "the .c and .h files of the program")
    private List<Path> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "where the module goes")
    private Path output;

    @Override
    public Integer call() throws InterruptedException {
        Sources sources = LocalCompiler.read(files);
        CCompiler compiler = LocalCompiler.find();
        Compilation compilation;
        try {
            compilation = compiler.compile(sources);
        } catch (CompilerFailedException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        var err = spec.commandLine().getErr();
        compilation.messages().forEach(message -> err.println(message.written()));
        return switch (compilation) {
            case Compilation.Refused _ -> Cli.DATA;
            case Compilation.Made(byte[] wasm, _) -> {
                write(wasm);
                spec.commandLine().getOut().println(output + ": compiled by " + compiler.name());
                yield 0;
            }
        };
    }

    private void write(byte[] wasm) {
        try {
            Files.write(output, wasm);
        } catch (IOException e) {
            throw new UsageException(output + " cannot be written");
        }
    }
}
