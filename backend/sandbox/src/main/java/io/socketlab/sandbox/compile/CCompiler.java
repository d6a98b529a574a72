package io.socketlab.sandbox.compile;

/** Makes a module of the source of a C program. */
public interface CCompiler {

    /**
     * Which compiler it is, with its flags and its library: where two have the same name, they make
     * the same of a source. {@code clang 14.0.6 (3f2a9c107d4e)}.
     */
    String name();

    /**
     * Compiles and links.
     *
     * @throws CompilerFailedException if it came to nothing because of us; tried again, it may not
     * @throws InterruptedException if the thread is interrupted; then nothing goes on
     */
    Compilation compile(Sources sources) throws InterruptedException;
}
