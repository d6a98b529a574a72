package io.socketlab.lab.catalogue;

import io.socketlab.lab.model.ImageType;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.model.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Finds the labs under {@code labs/} on a class path: in jars, or in folders while building. */
final class ClassPathFiles {

    private static final String ROOT = "labs/";

    private ClassPathFiles() {}

    static List<LabFiles> all(ClassLoader loader) {
        var labs = new TreeMap<String, LabFiles>();
        try {
            Enumeration<URL> roots = loader.getResources(ROOT);
            while (roots.hasMoreElements()) add(roots.nextElement(), labs);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot list the labs on the class path", e);
        }
        return List.copyOf(labs.values());
    }

    private static void add(URL root, Map<String, LabFiles> labs)
            throws IOException, URISyntaxException {
        if (root.getProtocol().equals("file")) {
            for (LabFiles lab : LabCatalogue.folders(Path.of(new URI(root.toString())))) {
                labs.putIfAbsent(lab.name(), lab);
            }
            return;
        }
        URLConnection connection = root.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            throw new IllegalStateException("cannot list " + root);
        }
        for (TextFiles lab : read(jar.getJarFile())) labs.putIfAbsent(lab.name(), lab);
    }

    /** The labs of a jar, which is the class path's and stays open. */
    private static List<TextFiles> read(JarFile jar) {
        var texts = new TreeMap<String, Map<String, String>>();
        var binaries = new TreeMap<String, Map<String, byte[]>>();
        jar.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(ROOT))
                .forEach(entry -> {
                    String path = entry.getName().substring(ROOT.length());
                    int slash = path.indexOf('/');
                    if (slash < 0) return;
                    String lab = path.substring(0, slash);
                    String file = path.substring(slash + 1);
                    byte[] octets = read(jar, entry);
                    if (file.endsWith(LabFiles.WASM) || isBinaryImage(file)) {
                        binaries.computeIfAbsent(lab, _ -> new TreeMap<>()).put(file, octets);
                    } else {
                        texts.computeIfAbsent(lab, _ -> new TreeMap<>())
                                .put(file, new String(octets, StandardCharsets.UTF_8));
                    }
                });
        return texts.entrySet().stream()
                .filter(lab -> lab.getValue().containsKey(LabReader.FILE))
                .map(lab ->
                        new TextFiles(
                                lab.getKey(),
                                lab.getValue(),
                                binaries.getOrDefault(lab.getKey(), Map.of())))
                .toList();
    }

    private static boolean isBinaryImage(String file) {
        return ImageType.of(file).filter(type -> type != ImageType.SVG).isPresent();
    }

    private static byte[] read(JarFile jar, JarEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + entry.getName(), e);
        }
    }
}
