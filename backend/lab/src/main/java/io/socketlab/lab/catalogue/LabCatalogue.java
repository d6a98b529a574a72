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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
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

    /**
     * Those on the class path under {@code labs/}. Their scripts are not tried: the build that put
     * them there has done so, and reading them takes longer than all else.
     */
    public static LabCatalogue ofClassPath(ClassLoader loader) {
        return of(ClassPathFiles.all(loader), Map.of(), FolderReader::readBuiltIn);
    }

    /**
     * The one of that id on the class path; empty if there is none.
     *
     * @throws LabException if its files cannot be understood
     */
    public static Optional<Lab> onClassPath(ClassLoader loader, String id) {
        List<LabFiles> all = ClassPathFiles.all(loader);
        return all.stream()
                .filter(files -> files.name().equals(id))
                .findFirst()
                .map(files -> FolderReader.readBuiltIn(files, names(all)));
    }

    /** The ids of those on the class path, in alphabetical order. */
    public static SortedSet<String> idsOnClassPath(ClassLoader loader) {
        return names(ClassPathFiles.all(loader));
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
        var beside = new TreeMap<String, LabFiles>();
        if (parent != null) folders(parent).forEach(files -> beside.put(files.name(), files));
        known.addAll(beside.keySet());
        return read(
                new FolderFiles(folder),
                known,
                id -> Optional.ofNullable(beside.get(id)).map(LabReader::after).orElse(List.of()));
    }

    /**
     * The lab that these files are.
     *
     * @param others the ids of the labs that can come before it
     * @throws LabException if they cannot be understood
     */
    public static Lab read(LabFiles files, Set<String> others) {
        return read(files, others, _ -> List.of());
    }

    /**
     * The same, which does not come after itself either.
     *
     * @param after of each of the others, the ids of the labs that it comes after
     * @throws LabException if they cannot be understood
     */
    public static Lab read(
            LabFiles files, Set<String> others, Function<String, List<String>> after) {
        Lab lab = FolderReader.read(files, others);
        Optional<LabException.Problem> circle = new Succession(after).mistake(lab);
        if (circle.isPresent()) throw new LabException(List.of(circle.get()));
        return lab;
    }

    /** Those in the folders directly in {@code folder}. */
    public static LabCatalogue ofFolder(Path folder) {
        return of(folders(folder), Map.of(), FolderReader::read);
    }

    /**
     * These, and those in the folders directly in {@code folder}, which take the place of others.
     */
    public LabCatalogue and(Path folder) {
        LabCatalogue more = of(folders(folder), labs, FolderReader::read);
        var all = new TreeMap<>(labs);
        more.broken.keySet().forEach(all::remove);
        all.putAll(more.labs);
        var allBroken = new TreeMap<>(broken);
        more.labs.keySet().forEach(allBroken::remove);
        allBroken.putAll(more.broken);
        return new LabCatalogue(all, allBroken);
    }

    private static SortedSet<String> names(List<LabFiles> folders) {
        return folders.stream().map(LabFiles::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static LabCatalogue of(
            List<LabFiles> folders,
            Map<String, Lab> others,
            BiFunction<LabFiles, Set<String>, Lab> reader) {
        var labs = new TreeMap<String, Lab>();
        var broken = new TreeMap<String, LabException>();
        Set<String> ids = names(folders);
        ids.addAll(others.keySet());
        for (LabFiles files : folders) {
            try {
                labs.put(files.name(), reader.apply(files, ids));
            } catch (LabException e) {
                broken.put(files.name(), e);
            } catch (UncheckedIOException e) {
                broken.put(files.name(), unreadable(files, e));
            }
        }
        var all = new TreeMap<>(others);
        all.putAll(labs);
        var succession = new Succession(id -> after(all, id));
        for (Lab lab : labs.values()) {
            succession
                    .mistake(lab)
                    .ifPresent(circle -> broken.put(lab.id(), new LabException(List.of(circle))));
        }
        labs.keySet().removeAll(broken.keySet());
        return new LabCatalogue(labs, broken);
    }

    private static List<String> after(Map<String, Lab> labs, String id) {
        Lab lab = labs.get(id);
        return lab == null ? List.of() : lab.about().after();
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
