package io.socketlab.kernel.tcp;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the flow of a segment by its 4-tuple: an open-addressing hash with primitive keys, so that
 * looking costs no memory and one comparison or two.
 */
final class FlowTable {

    private static final int FIRST_CAPACITY = 16;

    private long[] keys = new long[FIRST_CAPACITY];

    /**
     * Their local addresses, in the places of the keys; none while all have the same, as on a host
     * with one address, where a look into memory is saved.
     */
    private int @Nullable [] locals;

    private int onlyLocal;
    private @Nullable Flow[] flows = new Flow[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** Hands over every flow, in no order that means anything. */
    void each(Consumer<Flow> user) {
        for (Flow flow : flows) if (flow != null) user.accept(flow);
    }

    @Nullable Flow find(int local, int localPort, int remote, int remotePort) {
        long key = FourTuple.key(remote, remotePort, localPort);
        return flows[place(key, local)];
    }

    /** Where a 4-tuple is, or the empty place where it belongs. */
    private int place(long key, int local) {
        int mask = keys.length - 1;
        int i = slot(key, local, mask);
        while (flows[i] != null && !(keys[i] == key && localAt(i) == local)) i = (i + 1) & mask;
        return i;
    }

    private int localAt(int place) {
        return locals == null ? onlyLocal : locals[place];
    }

    private void setLocal(int place, int local) {
        if (size == 0 && locals == null) onlyLocal = local;
        if (locals == null && local != onlyLocal) {
            locals = new int[keys.length];
            Arrays.fill(locals, onlyLocal);
        }
        if (locals != null) locals[place] = local;
    }

    /** Adds a flow, or puts it in place of the one with the same 4-tuple. */
    void put(Flow flow) {
        if (2 * (size + 1) > keys.length) grow();
        if (insert(flow)) size++;
    }

    private boolean insert(Flow flow) {
        long key = flow.tuple().key();
        int local = flow.tuple().local().bits();
        int i = place(key, local);
        boolean isNew = flows[i] == null;
        if (isNew) {
            keys[i] = key;
            setLocal(i, local);
        }
        flows[i] = flow;
        return isNew;
    }

    /** Removes {@code flow} if it is what its 4-tuple leads to. */
    @SuppressWarnings("ReferenceEquality") // that very flow, not its successor
    void remove(Flow flow) {
        int i = place(flow.tuple().key(), flow.tuple().local().bits());
        if (flows[i] != flow) return;
        size--;
        closeGap(i, keys.length - 1);
    }

    /** Moves up what would no longer be found past the empty slot. */
    private void closeGap(int gap, int mask) {
        int hole = gap;
        int i = hole;
        while (true) {
            i = (i + 1) & mask;
            if (flows[i] == null) break;
            int home = slot(keys[i], localAt(i), mask);
            boolean reachable = ((i - home) & mask) < ((i - hole) & mask);
            if (reachable) continue;
            keys[hole] = keys[i];
            if (locals != null) locals[hole] = locals[i];
            flows[hole] = flows[i];
            hole = i;
        }
        flows[hole] = null;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Flow[] old = flows;
        keys = new long[oldKeys.length * 2];
        if (locals != null) locals = new int[keys.length];
        flows = new Flow[keys.length];
        for (Flow flow : old) if (flow != null) insert(flow);
    }

    private static int slot(long key, int local, int mask) {
        long h = (key ^ (local & 0xFFFF_FFFFL) * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (int) (h >>> 32) & mask;
    }
}
