package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.TraceEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What programs with a mistake are ended for: what is said, where, and what kind of mistake it is.
 */
class MistakesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    array_end     | SIGABRT | array_end.c:8     | INDEX            | array_end.c:8:20: an array has no element 4 of 'int[4]'
                    assertion     | SIGABRT | assertion.c:6     | ABORTED          | aborted
                    bad_function  | SIGSEGV | bad_function.c:6  | WRONG_FUNCTION   | a function pointer that points to no function was called
                    chatter       | SIGXCPU | chatter.c:5       | ENDLESS          | the program has run 50,000,000 instructions and more: does it go in circles?
                    circles       | SIGXCPU | circles.c:4       | ENDLESS          | the program has run 50,000,000 instructions and more: does it go in circles?
                    division      | SIGABRT | division.c:6      | DIVISION_BY_ZERO | division.c:6:23: division by zero
                    fd_set_none   | SIGABRT | fd_set_none.c:12  | FD_SET_RANGE     | FD_SET: a descriptor below 0 is none: the call that gave it has failed
                    fd_set_range  | SIGABRT | fd_set_range.c:8  | FD_SET_RANGE     | FD_SET: a descriptor that is not below FD_SETSIZE (1024) has no place in an fd_set
                    give_up       | SIGABRT | give_up.c:8       | ABORTED          | aborted
                    heap_end      | SIGABRT | heap_end.c:15     | INDEX            | heap_end.c:15:5: an array has no element 8 of 'char[8]'
                    null_read     | SIGABRT | null_read.c:11    | NULL_POINTER     | null_read.c:11:26: a NULL pointer was followed: something of type 'struct node'
                    null_write    | SIGSEGV | null_write.c:6    | NULL_POINTER     | segmentation fault: a NULL pointer was followed: 4 octets at NULL
                    overflow      | SIGFPE  | overflow.c:8      | OVERFLOW         | integer overflow in a division or a conversion
                    recursion     | SIGSEGV | recursion.c:5     | STACK_OVERFLOW   | stack overflow: calls within calls, more than 400 deep; does a function call itself for ever?
                    long_name     | SIGABRT | long_name.c:8     | STACK_SMASHED    | a local array was written beyond its end (the stack is smashed)
                    stack_smash   | SIGABRT | stack_smash.c:8   | UNREACHABLE      | the program came where the compiler knows that nothing comes: what it did before is undefined in C, as writing beyond the end of an array
                    wild_pointer  | SIGSEGV | wild_pointer.c:6  | WILD_POINTER     | segmentation fault: a pointer that points to nothing was followed: 8 octets at 0x40000000, where there is no memory
                    """)
    void theMistakeIsNamedWithItsLine(
            String name, String signal, String place, Mistake kind, String message) {
        try (var net = new ProgramNetwork()) {
            net.start("server", name);
            net.run(10);
            assertThat(net.events)
                    .filteredOn(TraceEvent.ProgramFaulted.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TraceEvent.ProgramFaulted.class,
                            fault -> {
                                assertThat(fault.message()).isEqualTo(message);
                                assertThat(fault.signal()).isEqualTo(signal);
                                assertThat(fault.place()).isEqualTo(place);
                                assertThat(Mistake.of(fault.message())).hasValue(kind);
                            });
            assertThat(net.deaths).containsExactly("server: " + place + ": " + message);
        }
    }

    /** A bad pointer that a call is given is no end: the call fails, as on Linux. */
    @Test
    void aBadPointerInACallIsEfault() {
        try (var net = new ProgramNetwork()) {
            var task = net.start("server", "bad_buffer");
            net.run(10);
            assertThat(net.output("server", task))
                    .isEqualTo("bind: Bad address\nwrite: Bad address\nsendto: Message too long\n");
        }
    }

    @Test
    void memoryThatIsNotThereIsNull() {
        try (var net = new ProgramNetwork()) {
            var task = net.start("server", "no_memory");
            net.run(10);
            assertThat(net.output("server", task)).isEqualTo("malloc: Cannot allocate memory\n");
            assertThat(net.deaths).isEmpty();
        }
    }

    @Test
    void everyKindHasALessonAndItsOwnBeginnings() {
        assertThat(Mistake.values()).allMatch(kind -> kind.lesson().endsWith("."));
        assertThat(Mistake.of("something else")).isEmpty();
    }
}
