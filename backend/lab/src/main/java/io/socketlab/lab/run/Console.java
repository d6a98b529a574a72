package io.socketlab.lab.run;

import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;

/** Where lines come from that are in no file, and what errors call it. */
final class Console {

    static final String NAME = "console";

    private Console() {}

    static Source source(String line) {
        return Source.of(NAME, line);
    }

    static ScriptException error(Position at, String problem) {
        return new ScriptException(NAME, at, problem);
    }
}
