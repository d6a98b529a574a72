package io.socketlab.server.bench;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.trace.TraceJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Some events that follow each other, encoded once for whoever gets them. As a message:
 *
 * <pre>
 *  0      2       3      4              8           12      16
 *  +------+-------+------+--------------+-----------+-------+--------------
 *  | "SL" | 1     | 1    | frame number | first seq | count | JSON lines …
 *  +------+-------+------+--------------+-----------+-------+--------------
 *   magic  version kind
 * </pre>
 *
 * in network byte order; frames are numbered from 1 on each connection.
 *
 * @param first number of the first event
 * @param lines JSON, each with its end
 */
record EventBatch(int first, int count, byte[] lines) {

    static final int HEADER = 16;

    /** Of a message, unless a single event is larger. */
    static final int LARGEST = 64 * 1024;

    private static final short MAGIC = 0x534C;
    private static final byte VERSION = 1;
    private static final byte EVENTS = 1;

    int last() {
        return first + count - 1;
    }

    /** The message with this number on its connection. */
    ByteBuffer message(int frame) {
        return ByteBuffer.allocate(HEADER + lines.length)
                .putShort(MAGIC)
                .put(VERSION)
                .put(EVENTS)
                .putInt(frame)
                .putInt(first)
                .putInt(count)
                .put(lines)
                .flip();
    }

    /** Events without gaps, in as few batches as they fit in. */
    static List<EventBatch> of(List<TraceEvent> events) {
        var batches = new ArrayList<EventBatch>();
        var lines = new ByteArrayOutputStream();
        int count = 0;
        int seq = 0;
        for (TraceEvent event : events) {
            byte[] line = TraceJson.bytes(event);
            if (count > 0 && HEADER + lines.size() + line.length + 1 > LARGEST) {
                batches.add(new EventBatch(seq - count + 1, count, lines.toByteArray()));
                lines.reset();
                count = 0;
            }
            lines.writeBytes(line);
            lines.write('\n');
            seq = event.stamp().seq();
            count++;
        }
        if (count > 0) batches.add(new EventBatch(seq - count + 1, count, lines.toByteArray()));
        return batches;
    }
}
