package io.socketlab.kernel.libc;

import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.syscall.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads a whole file as stdio does: open(2), read(2) up to the end, close(2). */
final class FileReading {

    private static final int BUFFER = 4096;

    private final Caller caller;
    private final StringBuilder contents = new StringBuilder();
    private final Consumer<String> then;

    private FileReading(Caller caller, Consumer<String> then) {
        this.caller = caller;
        this.then = then;
    }

    /**
     * @param then gets what is in the file; nothing if there is no such file
     */
    static void read(Caller caller, String path, Consumer<String> then) {
        var open = new Syscall.Open(path, Syscall.Fcntl.O_RDONLY | Syscall.Fcntl.O_CLOEXEC);
        caller.call(
                open,
                opened -> {
                    if (opened instanceof Done<Integer>(Integer fd)) {
                        new FileReading(caller, then).next(fd);
                    } else {
                        then.accept("");
                    }
                });
    }

    private void next(int fd) {
        caller.call(
                new Syscall.Read(fd, BUFFER),
                outcome -> {
                    if (outcome instanceof Done<Received>(var received)
                            && received.data().length > 0) {
                        contents.append(new String(received.data(), StandardCharsets.ISO_8859_1));
                        next(fd);
                    } else {
                        caller.call(new Syscall.Close(fd), _ -> then.accept(contents.toString()));
                    }
                });
    }
}
