package io.socketlab.sandbox.module;

/** A program that is not let in; the message says what was expected and what was found. */
public final class ModuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModuleException(String message) {
        super(message);
    }
}
