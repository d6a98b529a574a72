package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * What a receiver tells in SACK options: the runs of octets that it holds beyond RCV.NXT, the one
 * that changed last first (RFC 2018 §4), and a segment that came twice (RFC 2883).
 */
final class SackBlocks {

    /** Of connections that have had nothing to tell: nothing is ever put into it. */
    static final SackBlocks NOTHING = new SackBlocks();

    private static final int KEPT = 4;

    private static final int[] NONE = {};

    // made when the first block comes
    private int[] left = NONE;
    private int[] right = NONE;
    private int count;
    private boolean duplicate;
    private int duplicateLeft;
    private int duplicateRight;

    /** Text from {@code from} to {@code end} was put into the reassembly queue. */
    void add(int from, int end) {
        if (left.length == 0) {
            left = new int[KEPT];
            right = new int[KEPT];
        }
        int newLeft = from;
        int newRight = end;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean touches = SeqNum.atMost(newLeft, right[i]) && SeqNum.atMost(left[i], newRight);
            if (touches) {
                newLeft = SeqNum.min(newLeft, left[i]);
                newRight = SeqNum.max(newRight, right[i]);
            } else {
                left[kept] = left[i];
                right[kept++] = right[i];
            }
        }
        int moved = Math.min(kept, KEPT - 1);
        System.arraycopy(left, 0, left, 1, moved);
        System.arraycopy(right, 0, right, 1, moved);
        left[0] = newLeft;
        right[0] = newRight;
        count = moved + 1;
    }

    /** RCV.NXT has moved: what is before it needs no telling. */
    void receivedUpTo(int nxt) {
        if (count == 0) return;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (SeqNum.atMost(right[i], nxt)) continue;
            left[kept] = left[i];
            right[kept++] = right[i];
        }
        count = kept;
    }

    void clear() {
        if (isEmpty()) return;
        count = 0;
        duplicate = false;
    }

    /** What came twice before and has not been told is no longer of interest. */
    void forgetDuplicate() {
        if (duplicate) duplicate = false;
    }

    /** As {@link #duplicate}, but what is to be told already stays, and grows where both touch. */
    void moreDuplicate(int from, int end) {
        if (!duplicate) {
            duplicate(from, end);
        } else if (SeqNum.atMost(from, duplicateRight) && SeqNum.atMost(duplicateLeft, end)) {
            duplicateLeft = SeqNum.min(duplicateLeft, from);
            duplicateRight = SeqNum.max(duplicateRight, end);
        }
    }

    /** Octets came that were there already. */
    void duplicate(int from, int end) {
        duplicate = true;
        duplicateLeft = from;
        duplicateRight = end;
    }

    boolean hasDuplicate() {
        return duplicate;
    }

    boolean isEmpty() {
        return count == 0 && !duplicate;
    }

    /** Puts the blocks into a segment; a duplicate is told once. */
    void tell(SegmentDraft draft, int most) {
        int room = most;
        if (duplicate && room > 0) {
            draft.sackBlock(duplicateLeft, duplicateRight);
            room--;
        }
        duplicate = false;
        for (int i = 0; i < count && i < room; i++) draft.sackBlock(left[i], right[i]);
    }

    int blocks() {
        return count + (duplicate ? 1 : 0);
    }
}
