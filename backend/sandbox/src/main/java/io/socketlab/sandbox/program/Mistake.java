package io.socketlab.sandbox.program;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What programs are ended for, and what there is to learn of it. The sentences are those of {@link
 * Mistakes} and of the library, {@code undefined.c}: each kind knows how they begin.
 */
public enum Mistake {
    NULL_POINTER(
            "Nothing lies at NULL. malloc(), gethostbyname(), fgets() and strtok() give it when they have"
                    + " nothing to give: look at what they gave before you follow it.",
            "segmentation fault: a NULL pointer",
            "a NULL pointer was followed",
            "something was added to a NULL pointer"),
    WILD_POINTER(
            "The address is not the program's: was the pointer ever set, and is what it points to still there and"
                    + " long enough? A pointer that is set to NULL until it is set to something is noticed.",
            "segmentation fault: a pointer that points to nothing",
            "a pointer to too few octets",
            "a pointer went beyond all memory"),
    INDEX(
            "Elements count from 0, so that the last is one below the length. What recv() returned is an index only"
                    + " once you know that it is neither -1 nor as much as there was room for.",
            "an array has no element",
            "an array of no length was made"),
    STACK_SMASHED(
            "Whoever copies into an array has to know its length: snprintf() takes it, strcpy() does not, and recv()"
                    + " needs sizeof buffer - 1 where a NUL is to follow.",
            "a local array was written beyond its end"),
    DIVISION_BY_ZERO(
            "Look at the divisor before dividing, above all where it came over the network or from argv.",
            "division by zero"),
    OVERFLOW(
            "The result has no room in its type: look at the operands before, or calculate in a wider one.",
            "integer overflow",
            "a division has no result that fits",
            "a floating-point value that is not a number"),
    STACK_OVERFLOW(
            "A function that calls itself needs an end that it comes to, and what is large belongs on the heap.",
            "stack overflow"),
    ENDLESS(
            "A loop that waits for something has to wait in a call that blocks, and one that reads has to end when"
                    + " recv() gives 0 or -1.",
            "the program has used up its time",
            "the program has run",
            "the programs of this run have run"),
    FD_SET_RANGE(
            "An fd_set has room for the descriptors 0 to 1023: look whether the call that gave the descriptor has"
                    + " failed, and take poll() or epoll where there are more.",
            "FD_SET:"),
    WRONG_FUNCTION(
            "The pointer was not set, or to a function with other parameters: write its type without a cast, and the"
                    + " compiler looks.",
            "a function pointer that points to no function",
            "a function was called through a pointer"),
    UNREACHABLE(
            "What the program did before is undefined in C: take the warnings of the compiler seriously, and look at"
                    + " the arrays above.",
            "the program came where the compiler knows",
            "code that cannot be reached"),
    ABORTED(
            "assert() or abort() has ended it: what it printed last says what was expected.",
            "aborted"),
    NO_MEMORY(
            "Memory is given back with free(): look whether a loop takes some each time round.",
            "the machine has no memory left");

    /** {@code server.c:41:12: }, which the compiler's checks put in front. */
    private static final Pattern PLACE = Pattern.compile("^[^ :]+:\\d+:\\d+: ");

    private final String lesson;
    private final Pattern beginning;

    Mistake(String lesson, String... beginnings) {
        this.lesson = lesson;
        this.beginning =
                Pattern.compile(
                        Arrays.stream(beginnings)
                                .map(Pattern::quote)
                                .collect(Collectors.joining("|")));
    }

    /** The kind of the sentence that a program was ended with; empty for none that is known. */
    public static Optional<Mistake> of(String message) {
        String sentence = PLACE.matcher(message).replaceFirst("");
        return Arrays.stream(values())
                .filter(kind -> kind.beginning.matcher(sentence).lookingAt())
                .findFirst();
    }

    /** What to do about it, in a sentence or two. */
    public String lesson() {
        return lesson;
    }
}
