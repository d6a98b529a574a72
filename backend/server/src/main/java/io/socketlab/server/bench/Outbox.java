package io.socketlab.server.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.web.socket.CloseStatus;

/**
 * What waits to be sent to one browser. Bounded: of too many batches of events the oldest are left
 * out, and instead of them it says which events are missing.
 */
final class Outbox {

    /** Something to send. */
    sealed interface Item {

        record Text(String json) implements Item {}

        record Events(EventBatch batch) implements Item {}

        /** Events to be fetched when their turn comes. */
        record Range(int from, int to) implements Item {}

        record Ping() implements Item {}

        /** The last. */
        record Close(CloseStatus status) implements Item {}
    }

    /** Answers and notices; a browser that does not take so many is not there any more. */
    private static final int TEXTS = 256;

    private final int maxBatches;
    private final int maxRanges;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private int texts;
    private int batches;
    private int ranges;
    private int gapFrom;
    private int gapTo;
    private boolean closed;

    Outbox(int maxBatches, int maxRanges) {
        this.maxBatches = maxBatches;
        this.maxRanges = maxRanges;
    }

    /** Never waits. Of too many batches the oldest is left out. */
    void add(EventBatch batch) {
        lock.lock();
        try {
            if (closed) return;
            if (batches == maxBatches) leaveOutOldest();
            batches++;
            put(new Item.Events(batch));
        } finally {
            lock.unlock();
        }
    }

    private void leaveOutOldest() {
        for (Iterator<Item> i = items.iterator(); i.hasNext(); ) {
            if (i.next() instanceof Item.Events(var oldest)) {
                i.remove();
                batches--;
                // what is left out one after the other follows each other
                if (gapTo == 0) gapFrom = oldest.first();
                gapTo = oldest.last();
                return;
            }
        }
    }

    /** Answers false if too many wait already. */
    boolean add(String json) {
        lock.lock();
        try {
            if (closed) return true;
            if (texts == TEXTS) return false;
            texts++;
            put(new Item.Text(json));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Answers false if too many wait already. */
    boolean addRange(int from, int to) {
        lock.lock();
        try {
            if (closed) return true;
            if (ranges == maxRanges) return false;
            ranges++;
            put(new Item.Range(from, to));
            return true;
        } finally {
            lock.unlock();
        }
    }

    void addPing() {
        lock.lock();
        try {
            if (!closed && items.isEmpty()) put(new Item.Ping());
        } finally {
            lock.unlock();
        }
    }

    /** Sends {@code last} and nothing more; what else waits is not sent. */
    void close(String last, CloseStatus status) {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            items.removeIf(item -> !(item instanceof Item.Text));
            batches = 0;
            ranges = 0;
            gapTo = 0;
            put(new Item.Text(last));
            put(new Item.Close(status));
        } finally {
            lock.unlock();
        }
    }

    private void put(Item item) {
        items.add(item);
        notEmpty.signal();
    }

    /** The next thing to send; waits for it. */
    Item take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (items.isEmpty()) notEmpty.await();
            if (gapTo != 0) {
                var gap = new Item.Text(ServerMessage.gap(gapFrom, gapTo));
                gapTo = 0;
                return gap;
            }
            Item item = items.remove();
            switch (item) {
                case Item.Text _ -> texts--;
                case Item.Events _ -> batches--;
                case Item.Range _ -> ranges--;
                case Item.Ping _, Item.Close _ -> {}
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    /** How many batches wait. */
    int batches() {
        lock.lock();
        try {
            return batches;
        } finally {
            lock.unlock();
        }
    }
}
