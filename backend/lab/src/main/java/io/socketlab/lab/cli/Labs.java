package io.socketlab.lab.cli;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the labs that a command line names: by id those that are built in, or by folder. */
final class Labs {

    private static final String LAB_FILE = "lab.yaml";
    private static final ClassLoader LOADER = Labs.class.getClassLoader();

    private Labs() {}

    /**
     * @throws UsageException if there is no such lab
     * @throws LabException if its files cannot be understood
     */
    static Lab find(String name) {
        Optional<Path> folder = folder(name);
        if (folder.isPresent()) return ofFolder(folder.get());
        return LabCatalogue.onClassPath(LOADER, name)
                .orElseThrow(() ->
                        new UsageException(
                                "There is no lab '%s'. Built in are %s; or name a folder with a lab.yaml."
                                        .formatted(
                                                name,
                                                String.join(
                                                        ", ",
                                                        LabCatalogue.idsOnClassPath(LOADER)))));
    }

    private static Optional<Path> folder(String name) {
        try {
            Path path = Path.of(name);
            return Files.isDirectory(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Lab ofFolder(Path folder) {
        if (!Files.exists(folder.resolve(LAB_FILE))) {
            throw new UsageException(folder + " has no lab.yaml");
        }
        return LabCatalogue.read(folder, LabCatalogue.idsOnClassPath(LOADER));
    }

    /** Those named, or all that are built in. */
    static List<Lab> findAll(List<String> names) {
        if (!names.isEmpty()) return names.stream().map(Labs::find).toList();
        LabCatalogue all = LabCatalogue.ofClassPath(LOADER);
        Map<String, LabException> broken = new TreeMap<>(all.broken());
        if (!broken.isEmpty()) throw broken.values().iterator().next();
        return new ArrayList<>(all.all());
    }
}
