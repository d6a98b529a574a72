package io.socketlab.kernel.poll;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of what has become ready. Whatever lies in it can be taken out from its midst at the cost
 * of one, however many there are: a descriptor may be closed at any time.
 */
final class ReadyList<E> {

    /** By which an entry hangs in the list, at most once. */
    static final class Link<E> {

        private final E entry;
        private boolean listed;
        private @Nullable Link<E> previous;
        private @Nullable Link<E> next;

        Link(E entry) {
            this.entry = entry;
        }

        boolean isListed() {
            return listed;
        }
    }

    private @Nullable Link<E> first;
    private @Nullable Link<E> last;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The first {@code limit}, in order. */
    void forFirst(int limit, Consumer<E> action) {
        int left = limit;
        for (Link<E> link = first; link != null && left > 0; link = link.next) {
            action.accept(link.entry);
            left--;
        }
    }

    /** The one that has been there longest; the list must not be empty. */
    E first() {
        if (first == null) throw new IllegalStateException("nothing is ready");
        return first.entry;
    }

    /** Puts it at the end; it must not be listed. */
    void add(Link<E> link) {
        if (link.listed) throw new IllegalStateException("listed already: " + link.entry);
        link.listed = true;
        link.previous = last;
        if (last == null) first = link;
        else last.next = link;
        last = link;
        size++;
    }

    /** Takes it out, if it is in. */
    void remove(Link<E> link) {
        if (!link.listed) return;
        Link<E> before = link.previous;
        Link<E> after = link.next;
        if (before == null) first = after;
        else before.next = after;
        if (after == null) last = before;
        else after.previous = before;
        link.listed = false;
        link.previous = null;
        link.next = null;
        size--;
    }
}
