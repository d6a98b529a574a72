package io.socketlab.lab.packetdrill;

/** What came of running a script. */
public sealed interface Verdict {

    record Passed() implements Verdict {}

    /**
     * The host did something else than the script says.
     *
     * @param line of the script, from 1
     */
    record Failed(int line, String expected, String actual) implements Verdict {
        @Override
        public String toString() {
            return "line " + line + ": expected " + expected + ", actual " + actual;
        }
    }

    /** The script cannot be understood: {@code file:line:column: what was expected}. */
    record Malformed(String problem) implements Verdict {
        @Override
        public String toString() {
            return problem;
        }
    }

    /** The script needs something that has no meaning in a simulation. */
    record Skipped(String needs) implements Verdict {
        @Override
        public String toString() {
            return "needs " + needs;
        }
    }
}
