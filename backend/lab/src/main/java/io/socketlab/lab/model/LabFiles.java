package io.socketlab.lab.model;

import java.util.List;
import java.util.Optional;

/** The files of a lab's folder, wherever that is. Paths are relative to it, with slashes. */
public interface LabFiles {

    /** The folder with compiled programs that anybody may start. */
    String PROGRAMS = "programs/";

    /** How a compiled program's name ends. */
    String WASM = ".wasm";

    /** The folder's name, for messages. */
    String name();

    /** A file's text; empty if there is no such file. */
    Optional<String> read(String path);

    /**
     * A compiled program, by the name that {@code exec} has for it; empty if there is none.
     *
     * @param name of a file in {@link #PROGRAMS}, {@code programs/server.wasm}, or as a submission
     *     brings it, {@code server@3f2a9c107d4e}
     */
    default Optional<byte[]> program(String name) {
        return Optional.empty();
    }

    /**
     * A compiled program of a solution or a wrong answer, {@code solution/server.wasm}; empty if
     * there is none. Whoever does the lab cannot start it.
     */
    default Optional<byte[]> answer(String name) {
        return Optional.empty();
    }

    /**
     * An image that a statement shows, {@code assets/queue.svg}; empty if there is none, or its
     * name is not that of one of {@link ImageType}.
     */
    default Optional<byte[]> image(String path) {
        return Optional.empty();
    }

    /** The paths of the files directly in {@code folder}, in alphabetical order. */
    List<String> list(String folder);
}
