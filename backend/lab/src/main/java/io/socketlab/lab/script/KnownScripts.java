package io.socketlab.lab.script;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scripts that have been read lately: what a lab's peers do is read for each run and each of its
 * hosts, and mostly says the same. Those that were not asked for longest make room.
 */
final class KnownScripts {

    private final int mostCharacters;
    private final Map<Source, Script> scripts = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    /**
     * @param mostCharacters of all that are kept; what is made of them is some ten times as large
     */
    KnownScripts(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    synchronized @Nullable Script find(Source source) {
        return scripts.get(source);
    }

    synchronized void keep(Source source, Script script) {
        int length = source.text().length();
        if (length > mostCharacters || scripts.putIfAbsent(source, script) != null) return;
        characters += length;
        Iterator<Source> eldest = scripts.keySet().iterator();
        while (characters > mostCharacters && eldest.hasNext()) {
            characters -= eldest.next().text().length();
            eldest.remove();
        }
    }

    /** Of all that are kept. */
    synchronized int characters() {
        return characters;
    }
}
