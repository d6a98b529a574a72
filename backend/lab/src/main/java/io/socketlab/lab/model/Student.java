package io.socketlab.lab.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in the student's hands.
 *
 * @param modes {@code bench}, {@code script}, {@code c}
 * @param hosts those the student drives
 * @param syscalls the calls that may be used; all of them if there is none
 * @param faults what may be done to the network, of {@code DisturbanceReader.KINDS}; nothing if
 *     there
 * @param clock {@code step}, {@code run}, {@code until}, {@code back}, {@code fork}
 * @param programs what C programs get as their arguments where nothing else is said, by the task
 *     that they run as, {@code server} or {@code server.2}; with parameters in them
 * @param starter the file that the student starts from
 * @param sources the C files that a program of a host begins with, by the host
 * @param shared whether anybody who has the link of a run may look at it
 */
public record Student(
        List<String> modes,
        List<String> hosts,
        List<String> syscalls,
        List<String> faults,
        List<String> clock,
        Map<String, String> programs,
        Optional<String> starter,
        Map<String, List<String>> sources,
        boolean shared) {
    public Student {
        modes = List.copyOf(modes);
        hosts = List.copyOf(hosts);
        syscalls = List.copyOf(syscalls);
        faults = List.copyOf(faults);
        clock = List.copyOf(clock);
        programs = Collections.unmodifiableMap(new LinkedHashMap<>(programs));
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }
}
