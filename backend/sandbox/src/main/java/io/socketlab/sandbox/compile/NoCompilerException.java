package io.socketlab.sandbox.compile;

/** This machine has no compiler, or none that can be locked in. */
public final class NoCompilerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What has to be installed, on Debian. */
    public static final String PACKAGES =
            "apt-get install bubblewrap clang lld wasi-libc libclang-rt-14-dev-wasm32";

    /**
     * @param message what lacks, as a sentence without its full stop
     */
    NoCompilerException(String message) {
        super(message);
    }
}
