package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.MessageFlags;

/**
 * A call that may wait on a file. It holds the file open, even if its descriptor is closed
 * meanwhile.
 */
abstract class HeldCall<R> implements PreparedCall<R> {

    private final OpenFile file;
    private final int flags;

    /**
     * @param flags {@link MessageFlags} of the call
     */
    HeldCall(OpenFile file, int flags) {
        this.file = file;
        this.flags = flags;
        file.acquire();
    }

    OpenFile file() {
        return file;
    }

    @Override
    public boolean isNonBlocking() {
        return file.isNonBlocking() || (flags & MessageFlags.MSG_DONTWAIT) != 0;
    }

    @Override
    public void release() {
        // the last one out closes; nobody waits for a lingering close then
        if (file.release()) file.close(false);
    }

    /** SO_RCVTIMEO and SO_SNDTIMEO say 0 where they mean no limit. */
    static long orForever(long timeout) {
        return timeout == 0 ? FOREVER : timeout;
    }
}
