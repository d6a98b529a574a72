package io.socketlab.lab.catalogue;

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
        Map<String, Map<String, String>> texts = texts(jar.getJarFile());
        texts.forEach((name, files) -> labs.putIfAbsent(name, new TextFiles(name, files)));
    }

    /** By the lab's folder, then by the path in it. The jar is the class path's and stays open. */
    private static Map<String, Map<String, String>> texts(JarFile jar) {
        var texts = new TreeMap<String, Map<String, String>>();
        jar.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(ROOT))
                .forEach(entry -> {
                    String path = entry.getName().substring(ROOT.length());
                    int slash = path.indexOf('/');
                    if (slash < 0) return;
                    try (InputStream in = jar.getInputStream(entry)) {
                        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        texts.computeIfAbsent(path.substring(0, slash), _ -> new TreeMap<>())
                                .put(path.substring(slash + 1), text);
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot read " + path, e);
                    }
                });
        texts.values().removeIf(files -> !files.containsKey(LabReader.FILE));
        return texts;
    }
}
