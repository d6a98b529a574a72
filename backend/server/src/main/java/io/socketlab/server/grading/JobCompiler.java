package io.socketlab.server.grading;

import io.socketlab.lab.grade.BrokenSourceException;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.CompilerFailedException;
import io.socketlab.server.compile.Compilers;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compiles what was handed in as source, before it is graded. */
@Component
class JobCompiler {

    /** Some may be before it whose source takes all the time it is given. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Compilers compilers;

    JobCompiler(Compilers compilers) {
        this.compilers = compilers;
    }

    /**
     * A job whose programs are compiled by the compiler that is here now. Where there is none, what
     * was compiled before stays, by whomever.
     *
     * @throws BrokenSourceException if one cannot be compiled
     * @throws CompilerFailedException if the compiler fails, or there is nothing that could be run
     * @throws InterruptedException if the server stops
     */
    Job compiled(Job job) throws InterruptedException {
        if (job.kind() != JobKind.PROGRAM) return job;
        ProgramAnswer answer = ProgramAnswer.parse(job.answer());
        Optional<CCompiler> compiler = compilers.of(job.account(), PATIENCE);
        ProgramAnswer compiled =
                compiler.isPresent() ? answer.compiled(compiler.get(), (_, _) -> {}) : answer;
        if (compiled.programs().stream().anyMatch(program -> program.wasm().length == 0)) {
            throw new CompilerFailedException(
                    "A program came as source alone, and this server has no compiler any more.");
        }
        return compiled.equals(answer) ? job : job.withAnswer(compiled.write());
    }
}
