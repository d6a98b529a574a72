package io.socketlab.kernel.syscall;

import io.socketlab.kernel.trace.Looked;
import io.socketlab.kernel.trace.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a look for ready descriptors has found, for the trace: of many the first. */
final class Looks {

    /** So many are told. */
    static final int MOST = 64;

    /** Where nothing is told: it stays as it is. */
    static final Looks NONE = new Looks(List.of());

    private final List<Looked> first;
    private int leftOut;

    private Looks(List<Looked> first) {
        this.first = first;
    }

    static Looks toldTo(Trace trace) {
        return trace.isOn() ? new Looks(new ArrayList<>()) : NONE;
    }

    /** {@link Looked}'s components. */
    void add(long fd, int asked, int found) {
        if (isTold() && first.size() < MOST) first.add(new Looked(fd, asked, found));
        else leaveOut(1);
    }

    void leaveOut(int more) {
        if (isTold()) leftOut += more;
    }

    @SuppressWarnings("ReferenceEquality") // the very one
    private boolean isTold() {
        return this != NONE;
    }

    List<Looked> first() {
        return Collections.unmodifiableList(first);
    }

    int leftOut() {
        return leftOut;
    }
}
