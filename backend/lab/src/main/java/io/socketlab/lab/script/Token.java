package io.socketlab.lab.script;

/**
 * A piece of a script.
 *
 * @param text as it was written; of a string, what it means
 * @param start offset of its first character, {@code end} of the first after it
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        /** A name: {@code listen}, {@code SOCK_STREAM}, {@code web-1}. */
        WORD("a name"),
        /** {@code $fd}. */
        VARIABLE("a variable"),
        /** {@code 42}, {@code 0x1F}. */
        INTEGER("a number"),
        /** {@code 0.5}, {@code .05}, {@code 50ms}. */
        DECIMAL("a time"),
        /** {@code 10.0.0.1}. */
        ADDRESS("an address"),
        /** {@code [2001:db8::2]}, {@code [server]}, in front of a colon and a port. */
        BRACKETED("an IPv6 address"),
        STRING("a text"),
        ELLIPSIS("'...'"),
        PUNCTUATION("a sign"),
        /** A shell command between back-ticks. */
        COMMAND("a command"),
        /** What stands between <code>%{</code> and <code>}%</code>. */
        CODE("a code block"),
        /** {@code --mss=1000}. */
        OPTION("an option"),
        NEWLINE("the end of the line"),
        /** Its text says what ends: one line, as at a prompt, or a script of several. */
        END("the end");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    boolean is(Kind k) {
        return kind == k;
    }

    boolean is(char sign) {
        return kind == Kind.PUNCTUATION && text.charAt(0) == sign;
    }

    /** For a message, after "found". */
    String found() {
        return switch (kind) {
            case NEWLINE -> kind.description();
            case END -> text;
            case STRING -> "the text \"" + text + '"';
            case COMMAND, CODE -> kind.description();
            case WORD,
                    VARIABLE,
                    INTEGER,
                    DECIMAL,
                    ADDRESS,
                    BRACKETED,
                    ELLIPSIS,
                    PUNCTUATION,
                    OPTION ->
                    "'" + text + "'";
        };
    }
}
