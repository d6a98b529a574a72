package io.socketlab.lab.script;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Syscall;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CallCatalogueTest {

    @Test
    void hasTheCallsOfTheLab() {
        assertThat(CallCatalogue.names())
                .containsExactlyInAnyOrder(
                        "socket",
                        "bind",
                        "listen",
                        "accept",
                        "accept4",
                        "connect",
                        "send",
                        "recv",
                        "sendto",
                        "recvfrom",
                        "read",
                        "write",
                        "shutdown",
                        "close",
                        "getsockname",
                        "getpeername",
                        "setsockopt",
                        "getsockopt",
                        "sendmsg",
                        "recvmsg",
                        "sendmmsg",
                        "recvmmsg",
                        "readv",
                        "writev",
                        "poll",
                        "ppoll",
                        "select",
                        "pselect",
                        "epoll_create",
                        "epoll_create1",
                        "epoll_ctl",
                        "epoll_wait",
                        "epoll_pwait",
                        "epoll_pwait2",
                        "kqueue",
                        "kevent",
                        "dup",
                        "dup2",
                        "pipe",
                        "pipe2",
                        "open",
                        "sendfile",
                        "splice",
                        "fcntl",
                        "ioctl",
                        "getaddrinfo",
                        "gethostbyname",
                        "sleep",
                        "dup3",
                        "fork",
                        "pthread_create",
                        "pthread_exit",
                        "exit",
                        "wait",
                        "waitpid",
                        "getpid",
                        "getppid",
                        "kill",
                        "signal",
                        "sigaction",
                        "sigprocmask",
                        "sigsuspend",
                        "pause",
                        "alarm",
                        "getrlimit",
                        "setrlimit");
    }

    @Test
    void togetherTheExamplesMakeEveryCallOfTheKernel() {
        Set<Class<?>> made =
                CallCatalogue.calls().stream()
                        .map(c -> CallBinderTest.bound(c.example()).invocation().getClass())
                        .filter(Syscall.class::isAssignableFrom)
                        .collect(toSet());
        // of calls that have a name already, with another command and with NULL; and of those that
        // only compiled programs make
        Set<Class<?>> named =
                Set.of(
                        Syscall.SocketPair.class,
                        Syscall.SetITimer.class,
                        Syscall.GetITimer.class,
                        Syscall.SigReturn.class,
                        Syscall.FcntlDup.class,
                        Syscall.FcntlNumber.class,
                        Syscall.AtBadAddress.class);
        Set<Class<?>> all = records(Syscall.class).filter(c -> !named.contains(c)).collect(toSet());
        assertThat(made).containsExactlyInAnyOrderElementsOf(all);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses())
                        .filter(Syscall.class::isAssignableFrom)
                        .flatMap(CallCatalogueTest::records);
    }

    @TestFactory
    Stream<DynamicTest> saysAllThereIsToSayOf() {
        return CallCatalogue.calls().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
    }

    private static void check(CallInfo call) {
        assertThat(CallBinderTest.bound(call.example())).isNotNull();
        assertThat(call.example()).startsWith(call.name() + "(");
        assertThat(call.forms())
                .isNotEmpty()
                .allMatch(f -> f.startsWith(call.name() + "(") && f.endsWith(")"));
        assertThat(call.signature()).containsPattern("[ *]" + call.name() + "\\(");
        assertThat(call.manPage()).matches("[a-z0-9_]+\\([237]\\)");
        assertThat(call.summary()).endsWith(".").hasSizeLessThan(80);
        boolean fails =
                !call.returns().contains("cannot fail")
                        && !call.returns().contains("does not return");
        assertThat(Pattern.compile("(-1|EAI_…) on error").matcher(call.returns()).find())
                .isEqualTo(fails);
        assertThat(call.errors().isEmpty()).isEqualTo(!fails);
        assertThat(call.errors())
                .doesNotHaveDuplicates()
                .extracting(CallInfo.CallError::errno)
                .doesNotHaveDuplicates();
        assertThat(call.errors())
                .allMatch(e -> e.cause().endsWith(".") && e.tryThis().endsWith("."));
        String longest = call.forms().getLast();
        var names =
                Pattern.compile("\\w+")
                        .matcher(longest.substring(call.name().length()))
                        .results()
                        .map(r -> r.group())
                        .toList();
        assertThat(call.parameters())
                .extracting(CallInfo.Parameter::name)
                .containsExactlyElementsOf(names);
    }
}
