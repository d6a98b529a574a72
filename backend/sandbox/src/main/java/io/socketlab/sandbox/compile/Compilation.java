package io.socketlab.sandbox.compile;

import java.util.List;

/** What came of compiling a program. It depends on the sources and on the compiler alone. */
public sealed interface Compilation {

    /** What the compiler says of it, in its order. */
    List<Message> messages();

    /**
     * It was compiled.
     *
     * @param wasm the module; whoever runs it still takes it for hostile
     * @param messages warnings
     */
    record Made(byte[] wasm, List<Message> messages) implements Compilation {
        public Made {
            messages = List.copyOf(messages);
        }
    }

    /**
     * It is wrong, or needs more than it may.
     *
     * @param messages one error at least
     */
    record Refused(List<Message> messages) implements Compilation {
        public Refused {
            messages = List.copyOf(messages);
            if (messages.stream().noneMatch(Message::isError)) {
                throw new IllegalArgumentException("refused without an error");
            }
        }
    }
}
