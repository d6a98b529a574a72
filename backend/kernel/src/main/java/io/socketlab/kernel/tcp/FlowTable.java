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
    private int[] locals = new int[FIRST_CAPACITY];
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
        int mask = keys.length - 1;
        for (int i = slot(key, local, mask); flows[i] != null; i = (i + 1) & mask) {
            if (keys[i] == key && locals[i] == local) return flows[i];
        }
        return null;
    }

    /** Adds a flow, or puts it in place of the one with the same 4-tuple. */
    void put(Flow flow) {
        if (2 * (size + 1) > keys.length) grow();
        if (insert(flow)) size++;
    }

    private boolean insert(Flow flow) {
        long key = flow.tuple().key();
        int local = flow.tuple().local().bits();
        int mask = keys.length - 1;
        int i = slot(key, local, mask);
        while (flows[i] != null) {
            if (keys[i] == key && locals[i] == local) {
                flows[i] = flow;
                return false;
            }
            i = (i + 1) & mask;
        }
        keys[i] = key;
        locals[i] = local;
        flows[i] = flow;
        return true;
    }

    /** Removes {@code flow} if it is what its 4-tuple leads to. */
    @SuppressWarnings("ReferenceEquality") // that very flow, not its successor
    void remove(Flow flow) {
        long key = flow.tuple().key();
        int local = flow.tuple().local().bits();
        int mask = keys.length - 1;
        int i = slot(key, local, mask);
        while (flows[i] != null && !(keys[i] == key && locals[i] == local)) i = (i + 1) & mask;
        if (flows[i] != flow) return;
        size--;
        closeGap(i, mask);
    }

    /** Moves up what would no longer be found past the empty slot. */
    private void closeGap(int gap, int mask) {
        int hole = gap;
        int i = hole;
        while (true) {
            i = (i + 1) & mask;
            if (flows[i] == null) break;
            int home = slot(keys[i], locals[i], mask);
            boolean reachable = ((i - home) & mask) < ((i - hole) & mask);
            if (reachable) continue;
            keys[hole] = keys[i];
            locals[hole] = locals[i];
            flows[hole] = flows[i];
            hole = i;
        }
        flows[hole] = null;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Flow[] old = flows;
        keys = new long[oldKeys.length * 2];
        locals = Arrays.copyOf(new int[0], keys.length);
        flows = new Flow[keys.length];
        for (Flow flow : old) if (flow != null) insert(flow);
    }

    private static int slot(long key, int local, int mask) {
        long h = (key ^ (local & 0xFFFF_FFFFL) * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (int) (h >>> 32) & mask;
    }
}
