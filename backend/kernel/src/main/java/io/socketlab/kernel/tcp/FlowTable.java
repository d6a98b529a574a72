package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.IpAddress;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the flow of a segment by its 4-tuple: an open-addressing hash with primitive keys, so that
 * looking costs no memory and one comparison or two.
 */
final class FlowTable {

    private static final int FIRST_CAPACITY = 16;

    /** Keys are folded: that two are equal does not say that the addresses are. */
    private final boolean folded;

    private long[] keys = new long[FIRST_CAPACITY];

    /**
     * Their local addresses, in the places of the keys; none while all have the same, as on a host
     * with one address, where a look into memory is saved.
     */
    private int @Nullable [] locals;

    private int onlyLocal;
    private @Nullable Flow[] flows = new Flow[FIRST_CAPACITY];
    private int size;

    /** Of IPv4. */
    FlowTable() {
        this(false);
    }

    /**
     * @param folded of IPv6, whose addresses are in the keys only {@linkplain IpAddress#folded
     *     folded}
     */
    FlowTable(boolean folded) {
        this.folded = folded;
    }

    int size() {
        return size;
    }

    /** Hands over every flow, in no order that means anything. */
    void each(Consumer<Flow> user) {
        for (Flow flow : flows) if (flow != null) user.accept(flow);
    }

    @Nullable Flow find(int local, int localPort, int remote, int remotePort) {
        long key = FourTuple.key(remote, remotePort, localPort);
        return flows[place(key, local, null)];
    }

    @Nullable Flow find(FourTuple tuple) {
        return flows[place(tuple)];
    }

    private int place(FourTuple tuple) {
        return place(tuple.key(), tuple.local().folded(), folded ? tuple : null);
    }

    /**
     * Where a 4-tuple is, or the empty place where it belongs.
     *
     * @param exactly the tuple itself, where the key is not all of it
     */
    private int place(long key, int local, @Nullable FourTuple exactly) {
        int mask = keys.length - 1;
        int i = slot(key, local, mask);
        for (Flow at = flows[i]; at != null; at = flows[i]) {
            boolean same = keys[i] == key && localAt(i) == local;
            if (same && (exactly == null || exactly.equals(at.tuple()))) break;
            i = (i + 1) & mask;
        }
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
        int local = flow.tuple().local().folded();
        int i = place(flow.tuple());
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
        int i = place(flow.tuple());
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
