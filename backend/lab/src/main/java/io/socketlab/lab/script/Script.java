package io.socketlab.lab.script;

import java.util.List;

/** A script that has been read. */
public record Script(Source source, List<Step> steps) {

    public Script {
        steps = List.copyOf(steps);
    }

    /**
     * @throws ScriptException at the first thing that is wrong
     */
    public static Script lab(Source source) {
        return new Script(source, Parser.lab(source));
    }

    /**
     * @throws ScriptException at the first thing that is wrong
     */
    public static Script packetdrill(Source source) {
        return new Script(source, Parser.packetdrill(source));
    }
}
