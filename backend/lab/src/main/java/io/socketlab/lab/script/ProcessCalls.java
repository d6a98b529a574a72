package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EAGAIN;
import static io.socketlab.kernel.socket.Errno.ECHILD;
import static io.socketlab.kernel.socket.Errno.EINTR;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.EPERM;
import static io.socketlab.kernel.socket.Errno.ESRCH;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** The calls about processes and threads, and about the signals that reach them. */
final class ProcessCalls {

    private static final String MANY = "There are too many tasks on this host.";
    private static final String NO_PROCESS = "There is no such process on this host.";
    private static final String USE_FORK = "Use the number that fork() returned.";
    private static final String NO_SIGNAL = "There is no such signal, or it cannot be caught.";
    private static final String USE_NAME = "Write it by its name: SIGALRM.";

    private static final CallInfo FORK =
            call("pid_t fork(void)", "Makes a second process like this one.")
                    .forms("fork()")
                    .example("fork()")
                    .returns(
                            "The new process's number: server.101: close(3) is a call of it. It has the same"
                                    + " descriptors, for the same open files. -1 on error.")
                    .error(EAGAIN, MANY, "End some with exit().")
                    .page("fork(2)");

    private static final CallInfo PTHREAD_CREATE =
            call(
                            "int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *arg)",
                            "Makes another task of this process: a thread.")
                    .forms("pthread_create()", "pthread_create(thread)")
                    .example("pthread_create()")
                    .parameter("thread", "...")
                    .returns(
                            "The new task's number: server.102: accept(3) is a call of it. It shares the descriptors. -1 on error.")
                    .error(EAGAIN, MANY, "End some with pthread_exit().")
                    .page("pthread_create(3)");

    private static final CallInfo PTHREAD_EXIT =
            call("void pthread_exit(void *result)", "Ends this task; others of its process go on.")
                    .forms("pthread_exit()", "pthread_exit(result)")
                    .example("pthread_exit()")
                    .parameter("result", "NULL.")
                    .returns("Nothing: it does not return.")
                    .page("pthread_exit(3)");

    private static final CallInfo EXIT =
            call("void exit(int status)", "Ends the process; all its descriptors are closed.")
                    .forms("exit(status)")
                    .example("exit(0)")
                    .parameter("status", "What its parent is told by wait(), 0 to 255.")
                    .returns("Nothing: it does not return.")
                    .page("exit(3)");

    private static final CallInfo WAIT =
            call("pid_t wait(int *status)", "Waits until a child ends.")
                    .forms("wait()", "wait(status)")
                    .example("wait()")
                    .parameter("status", "Room for how it ended: ..., or what is expected, [0].")
                    .returns("The child's number. -1 on error.")
                    .error(ECHILD, "There is no child.", "fork() makes one.")
                    .error(EINTR, "A signal was caught meanwhile.", "Call it again.")
                    .page("wait(2)");

    private static final CallInfo WAITPID =
            call("pid_t waitpid(pid_t pid, int *status, int options)", "Waits until a child ends.")
                    .forms("waitpid(pid)", "waitpid(pid, status, options)")
                    .example("waitpid(-1, ..., WNOHANG)")
                    .parameter("pid", "Its number; -1 for any.")
                    .parameter(
                            "status",
                            "Room for how it ended: ..., or what is expected. [0]: exit(0); [256]: exit(1);"
                                    + " [13]: signal 13 ended it.")
                    .parameter("options", "WNOHANG: do not wait.", Constants.WAIT_OPTION)
                    .returns("The child's number; 0 with WNOHANG if none has ended. -1 on error.")
                    .error(ECHILD, "There is no such child.", USE_FORK)
                    .error(EINTR, "A signal was caught meanwhile.", "Call it again.")
                    .page("waitpid(2)");

    private static final CallInfo GETPID =
            call("pid_t getpid(void)", "Gives the number of this process.")
                    .forms("getpid()")
                    .example("getpid()")
                    .returns("Its number; it cannot fail.")
                    .page("getpid(2)");

    private static final CallInfo GETPPID =
            call("pid_t getppid(void)", "Gives the number of the process that made this one.")
                    .forms("getppid()")
                    .example("getppid()")
                    .returns("Its number, 1 once that has ended; it cannot fail.")
                    .page("getppid(2)");

    private static final CallInfo KILL =
            call("int kill(pid_t pid, int signal)", "Sends a signal to a process.")
                    .forms("kill(pid, signal)")
                    .example("kill(101, SIGTERM)")
                    .parameter("pid", "Its number; it cannot fail.")
                    .parameter(
                            "signal", "Which; 0 only asks whether it is there.", Constants.SIGNAL)
                    .returns("0. -1 on error.")
                    .error(ESRCH, NO_PROCESS, USE_FORK)
                    .error(EINVAL, NO_SIGNAL, USE_NAME)
                    .page("kill(2)");

    private static final CallInfo SIGNAL =
            call(
                            "sighandler_t signal(int signal, sighandler_t handler)",
                            "Says what is to become of a signal. A handler restarts calls.")
                    .forms("signal(signal, handler)")
                    .example("signal(SIGPIPE, SIG_IGN)")
                    .parameter("signal", "Which.", Constants.SIGNAL)
                    .parameter(
                            "handler",
                            "SIG_IGN, SIG_DFL, or handler, which is counted.",
                            Constants.SIGNAL_HANDLER)
                    .returns("0. -1 on error.")
                    .error(EINVAL, NO_SIGNAL, USE_NAME)
                    .page("signal(2)");

    private static final CallInfo SIGACTION =
            call(
                            "int sigaction(int signal, const struct sigaction *act, struct sigaction *oldact)",
                            "Says what is to become of a signal.")
                    .forms("sigaction(signal, act)", "sigaction(signal, act, oldact)")
                    .example("sigaction(SIGALRM, {sa_handler=handler, sa_flags=0})")
                    .parameter("signal", "Which.", Constants.SIGNAL)
                    .parameter(
                            "act",
                            "{sa_handler=handler, sa_flags=SA_RESTART}. Without SA_RESTART a call that waits fails"
                                    + " with EINTR.",
                            Constants.SIGNAL_FLAG)
                    .parameter("oldact", "NULL.")
                    .returns("0. -1 on error.")
                    .error(EINVAL, NO_SIGNAL, USE_NAME)
                    .page("sigaction(2)");

    private static final CallInfo SIGPROCMASK =
            call(
                            "int sigprocmask(int how, const sigset_t *set, sigset_t *oldset)",
                            "Blocks signals for this task: they wait until they are let through.")
                    .forms("sigprocmask(how, set)", "sigprocmask(how, set, oldset)")
                    .example("sigprocmask(SIG_BLOCK, [SIGALRM])")
                    .parameter("how", "What to do with the set.", Constants.MASK_CHANGE)
                    .parameter("set", "Signals, [SIGALRM, SIGIO].")
                    .parameter("oldset", "NULL.")
                    .returns("0. -1 on error.")
                    .error(EINVAL, "how is none of the three.", "Use SIG_BLOCK.")
                    .page("sigprocmask(2)");

    private static final CallInfo SIGSUSPEND =
            call(
                            "int sigsuspend(const sigset_t *mask)",
                            "Waits with another signal mask until a signal has been caught.")
                    .forms("sigsuspend(mask)")
                    .example("sigsuspend([])")
                    .parameter(
                            "mask",
                            "The signals that are blocked while it waits, and no others; afterwards they are as"
                                    + " before.")
                    .returns("-1 on error, and that is always.")
                    .error(EINTR, "A signal was caught.", "That is how it ends.")
                    .page("sigsuspend(2)");

    private static final CallInfo PAUSE =
            call("int pause(void)", "Waits until a signal has been caught.")
                    .forms("pause()")
                    .example("pause()")
                    .returns("-1 on error, and that is always.")
                    .error(EINTR, "A signal was caught.", "That is how it ends.")
                    .page("pause(2)");

    private static final CallInfo ALARM =
            call("unsigned alarm(unsigned seconds)", "Has SIGALRM sent after some time.")
                    .forms("alarm(seconds)")
                    .example("alarm(5)")
                    .parameter("seconds", "After how many; 0 calls an earlier one off.")
                    .returns("The seconds that an earlier one had left; it cannot fail.")
                    .page("alarm(2)");

    private static final CallInfo GETRLIMIT =
            call(
                            "int getrlimit(int resource, struct rlimit *limit)",
                            "Tells how many descriptors the process may have.")
                    .forms("getrlimit(resource)", "getrlimit(resource, limit)")
                    .example("getrlimit(RLIMIT_NOFILE)")
                    .parameter("resource", "RLIMIT_NOFILE.", Constants.RESOURCE)
                    .parameter("limit", "Room for the limits: ...")
                    .returns("0; for RLIMIT_NOFILE it cannot fail.")
                    .page("getrlimit(2)");

    private static final CallInfo SETRLIMIT =
            call(
                            "int setrlimit(int resource, const struct rlimit *limit)",
                            "Limits how many descriptors the process may have.")
                    .forms("setrlimit(resource, limit)")
                    .example("setrlimit(RLIMIT_NOFILE, {rlim_cur=16, rlim_max=1024})")
                    .parameter("resource", "RLIMIT_NOFILE.", Constants.RESOURCE)
                    .parameter(
                            "limit",
                            "{rlim_cur=16, rlim_max=1024}: what counts, and how far it may be raised.")
                    .returns("0. -1 on error.")
                    .error(EINVAL, "rlim_cur is more than rlim_max.", "Raise rlim_max too.")
                    .error(EPERM, "rlim_max can only be lowered.", "See getrlimit().")
                    .page("setrlimit(2)");

    static final List<CallInfo> CALLS =
            List.of(
                    FORK,
                    PTHREAD_CREATE,
                    PTHREAD_EXIT,
                    EXIT,
                    WAIT,
                    WAITPID,
                    GETPID,
                    GETPPID,
                    KILL,
                    SIGNAL,
                    SIGACTION,
                    SIGPROCMASK,
                    SIGSUSPEND,
                    PAUSE,
                    ALARM,
                    GETRLIMIT,
                    SETRLIMIT);

    private ProcessCalls() {}
}
