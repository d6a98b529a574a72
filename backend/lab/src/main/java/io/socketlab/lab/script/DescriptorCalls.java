package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EAGAIN;
import static io.socketlab.kernel.socket.Errno.EBADF;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.EMFILE;
import static io.socketlab.kernel.socket.Errno.ENOENT;
import static io.socketlab.kernel.socket.Errno.EPIPE;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** The calls about descriptors as such, and those that move octets from one to another. */
final class DescriptorCalls {

    private static final String FULL = "Too many descriptors are open.";
    private static final String CLOSE = "Close some.";

    private static final CallInfo DUP =
            call("int dup(int fd)", "Gives an open file a second number.")
                    .forms("dup(fd)")
                    .example("dup(3)")
                    .parameter("fd", "Either number then does; the file is closed with the last.")
                    .returns("The lowest number that is free. -1 on error.")
                    .badDescriptor()
                    .error(EMFILE, FULL, CLOSE)
                    .page("dup(2)");

    private static final CallInfo DUP2 =
            call("int dup2(int fd, int newfd)", "Gives an open file a second number of choice.")
                    .forms("dup2(fd, newfd)")
                    .example("dup2(3, 7)")
                    .parameter("fd", "The file's number so far.")
                    .parameter("newfd", "Its second one. What that was is closed first.")
                    .returns("newfd. -1 on error.")
                    .badDescriptor()
                    .page("dup2(2)");

    private static final CallInfo DUP3 =
            call(
                            "int dup3(int fd, int newfd, int flags)",
                            "Gives an open file a second number of choice, and that a flag.")
                    .forms("dup3(fd, newfd, flags)")
                    .example("dup3(3, 7, O_CLOEXEC)")
                    .parameter("fd", "The file's number so far.")
                    .parameter("newfd", "Its second one, another. What that was is closed first.")
                    .parameter("flags", "O_CLOEXEC or 0.", Constants.OPEN_FLAG)
                    .returns("newfd. -1 on error.")
                    .badDescriptor()
                    .error(EINVAL, "The two numbers are the same.", "Use dup2().")
                    .page("dup3(2)");

    private static CallInfo pipe(String name) {
        boolean flags = name.equals("pipe2");
        var info =
                call(
                        "int " + name + "(int fds[2]" + (flags ? ", int flags)" : ")"),
                        "Makes a pipe: what is written at one end is read at the other.");
        if (flags) info.forms("pipe2(fds, flags)").example("pipe2(..., O_NONBLOCK)");
        else info.forms("pipe()", "pipe(fds)").example("pipe(...)");
        info.parameter("fds", "Room for two numbers: the reading end comes first.");
        if (flags) info.parameter("flags", "O_NONBLOCK or 0.", Constants.STATUS_FLAG);
        return info.returns("0, and the two numbers. -1 on error.")
                .error(EMFILE, FULL, CLOSE)
                .page(name + "(2)");
    }

    private static final CallInfo OPEN =
            call("int open(const char *path, int flags, mode_t mode)", "Opens a file of the host.")
                    .forms("open(path, flags)", "open(path, flags, mode)")
                    .example("open(\"/dev/zero\", O_RDONLY)")
                    .parameter("path", "/dev/zero, /dev/null, or a file that has been made.")
                    .parameter("flags", "O_RDONLY, O_WRONLY or O_RDWR.", Constants.OPEN_FLAG)
                    .parameter("mode", "Who may use a new file; everybody may here.")
                    .returns("The new descriptor. -1 on error.")
                    .error(ENOENT, "There is no such file.", "Make it with O_CREAT.")
                    .error(EMFILE, FULL, CLOSE)
                    .page("open(2)");

    private static final CallInfo SENDFILE =
            call(
                            "ssize_t sendfile(int out, int in, off_t *offset, size_t count)",
                            "Sends a part of a file on a socket, past the program.")
                    .forms("sendfile(out, in, offset, count)")
                    .example("sendfile(4, 3, [0], 100)")
                    .parameter("out", "The socket.")
                    .parameter("in", "The file.")
                    .parameter("offset", "Where to begin, [0]; NULL goes on where it was.")
                    .parameter("count", "At most how many octets.")
                    .returns("How many octets were taken, 0 at the file's end. -1 on error.")
                    .badDescriptor()
                    .error(EINVAL, "in is a socket, or out is none.", "Use splice().")
                    .error(
                            EAGAIN,
                            "The socket is non-blocking and its send buffer is full.",
                            "Wait with poll() for POLLOUT.")
                    .error(EPIPE, "The socket was shut down.", "Open a new connection.")
                    .page("sendfile(2)");

    private static final CallInfo SPLICE =
            call(
                            "ssize_t splice(int in, off_t *off_in, int out, off_t *off_out, size_t len, unsigned flags)",
                            "Moves octets between a pipe and a socket, past the program.")
                    .forms("splice(in, off_in, out, off_out, len, flags)")
                    .example("splice(4, NULL, 6, NULL, 100, 0)")
                    .parameter("in", "Where from. One of the two must be a pipe.")
                    .parameter("off_in", "NULL.")
                    .parameter("out", "Where to.")
                    .parameter("off_out", "NULL.")
                    .parameter("len", "At most how many octets.")
                    .parameter(
                            "flags",
                            "SPLICE_F_NONBLOCK: do not wait. SPLICE_F_MORE: more will follow.",
                            Constants.SPLICE_FLAG)
                    .returns("How many octets were moved, 0 at the end. -1 on error.")
                    .error(EBADF, "One of the numbers is not open for that.", "Check both.")
                    .error(EINVAL, "Neither is a pipe.", "Make one with pipe().")
                    .error(EAGAIN, "It would have to wait and may not.", "Try again later.")
                    .page("splice(2)");

    static final List<CallInfo> CALLS =
            List.of(DUP, DUP2, DUP3, pipe("pipe"), pipe("pipe2"), OPEN, SENDFILE, SPLICE);

    private DescriptorCalls() {}
}
