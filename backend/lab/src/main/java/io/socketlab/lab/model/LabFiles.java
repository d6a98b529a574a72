package io.socketlab.lab.model;

import java.util.List;
import java.util.Optional;

/** The files of a lab's folder, wherever that is. Paths are relative to it, with slashes. */
public interface LabFiles {

    /** The folder's name, for messages. */
    String name();

    /** A file's text; empty if there is no such file. */
    Optional<String> read(String path);

    /** The paths of the files directly in {@code folder}, in alphabetical order. */
    List<String> list(String folder);
}
