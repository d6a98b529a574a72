package io.socketlab.lab.script;

import java.util.List;

/** A script that has been read. */
public record Script(Source source, List<Step> steps) {

    private static final KnownScripts KNOWN = new KnownScripts(500_000);

    public Script {
        steps = List.copyOf(steps);
    }

    /**
     * @throws ScriptException at the first thing that is wrong
     */
    public static Script lab(Source source) {
        Script known = KNOWN.find(source);
        if (known != null) return known;
        var script = new Script(source, Parser.lab(source));
        KNOWN.keep(source, script);
        return script;
    }

    /**
     * @throws ScriptException at the first thing that is wrong
     */
    public static Script packetdrill(Source source) {
        return new Script(source, Parser.packetdrill(source));
    }
}
