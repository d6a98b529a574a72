package io.socketlab.lab.catalogue;

import io.socketlab.lab.model.FolderFiles;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The labs there are, by id.
 *
 * @param labs those that can be read
 * @param broken what is wrong with the others, by the name of their folder
 */
public record LabCatalogue(Map<String, Lab> labs, Map<String, LabException> broken) {

    public LabCatalogue {
        labs = Collections.unmodifiableMap(new TreeMap<>(labs));
        broken = Collections.unmodifiableMap(new TreeMap<>(broken));
    }

    /** Those on the class path under {@code labs/}. */
    public static LabCatalogue ofClassPath(ClassLoader loader) {
        return of(ClassPathFiles.all(loader), Set.of());
    }

    /**
     * The lab in {@code folder}.
     *
     * @param others the ids of labs that can come before it, beside those in folders next to it
     * @throws LabException if its files cannot be understood
     */
    public static Lab read(Path folder, Set<String> others) {
        var known = new TreeSet<>(others);
        Path parent = folder.toAbsolutePath().normalize().getParent();
        if (parent != null) folders(parent).forEach(files -> known.add(files.name()));
        return FolderReader.read(new FolderFiles(folder), known);
    }

    /**
     * The lab that these files are.
     *
     * @param others the ids of the labs that can come before it
     * @throws LabException if they cannot be understood
     */
    public static Lab read(LabFiles files, Set<String> others) {
        return FolderReader.read(files, others);
    }

    /** Those in the folders directly in {@code folder}. */
    public static LabCatalogue ofFolder(Path folder) {
        return of(folders(folder), Set.of());
    }

    /**
     * These, and those in the folders directly in {@code folder}, which take the place of others.
     */
    public LabCatalogue and(Path folder) {
        LabCatalogue more = of(folders(folder), labs.keySet());
        var all = new TreeMap<>(labs);
        more.broken.keySet().forEach(all::remove);
        all.putAll(more.labs);
        var allBroken = new TreeMap<>(broken);
        more.labs.keySet().forEach(allBroken::remove);
        allBroken.putAll(more.broken);
        return new LabCatalogue(all, allBroken);
    }

    private static LabCatalogue of(List<LabFiles> folders, Set<String> others) {
        var labs = new TreeMap<String, Lab>();
        var broken = new TreeMap<String, LabException>();
        Set<String> ids =
                folders.stream().map(LabFiles::name).collect(Collectors.toCollection(TreeSet::new));
        ids.addAll(others);
        for (LabFiles files : folders) {
            try {
                labs.put(files.name(), FolderReader.read(files, ids));
            } catch (LabException e) {
                broken.put(files.name(), e);
            } catch (UncheckedIOException e) {
                broken.put(files.name(), unreadable(files, e));
            }
        }
        return new LabCatalogue(labs, broken);
    }

    private static LabException unreadable(LabFiles files, UncheckedIOException e) {
        String file = files.name() + "/" + LabReader.FILE;
        String message = "expected files that can be read: " + e.getCause();
        return new LabException(List.of(new LabException.Problem(file, 1, 1, message)));
    }

    /** The folders in a folder that hold a lab. */
    static List<LabFiles> folders(Path folder) {
        var found = new ArrayList<LabFiles>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(entry -> Files.isRegularFile(entry.resolve(LabReader.FILE)))
                    .sorted()
                    .forEach(entry -> found.add(new FolderFiles(entry)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        return found;
    }

    public Optional<Lab> find(String id) {
        return Optional.ofNullable(labs.get(id));
    }

    public Collection<Lab> all() {
        return labs.values();
    }
}
