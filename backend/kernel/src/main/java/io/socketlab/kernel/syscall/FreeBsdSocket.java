package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.poll.Knote;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketLevels;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;

/**
 * A socket's readiness as FreeBSD has it: sopoll_generic(), filt_soread() and filt_sowrite() of
 * sys/kern/uipc_socket.c. Unlike Linux's, poll(2) never says POLLERR, says nothing of a socket that
 * is not connected, and an error makes it readable and writable.
 */
record FreeBsdSocket(Socket socket) implements Pollable {

    /** so_snd.sb_lowat, as soreserve() sets it: MCLBYTES. */
    private static final int SEND_LOW_WATER = 2048;

    private static final int READABLE = EventMask.IN | EventMask.RDNORM;
    private static final int WRITABLE = EventMask.OUT | EventMask.WRNORM;

    /** sopoll_generic(), as if everything were asked for. */
    @Override
    public int readiness() {
        SocketLevels levels = socket.levels();
        boolean error = socket.options().hasError();
        if (levels.isListening()) {
            if (levels.waiting() > 0) return READABLE;
            return error ? READABLE | EventMask.HUP : 0;
        }
        int mask = 0;
        if (error || hasEnough(levels)) mask |= READABLE;
        if (error || levels.sendsNoMore() || hasRoom(levels)) mask |= WRITABLE;
        if (levels.isUrgent()) mask |= EventMask.PRI | EventMask.RDBAND;
        if (levels.receivesNoMore()) {
            mask |= READABLE | EventMask.RDHUP;
            if (levels.sendsNoMore()) mask |= EventMask.HUP;
        }
        return mask;
    }

    private boolean hasEnough(SocketLevels levels) {
        return levels.hasSomething()
                && (levels.readable() == 0
                        || levels.readable() >= socket.options().receiveLowWater());
    }

    private boolean hasRoom(SocketLevels levels) {
        return levels.canSend() && levels.room() >= sendLowWater();
    }

    private int sendLowWater() {
        return Math.min(SEND_LOW_WATER, socket.options().sendBuffer());
    }

    /** filt_soread(). */
    static boolean canRead(Knote note, Socket socket) {
        SocketLevels levels = socket.levels();
        int error = socket.options().pendingErrno();
        if (levels.isListening()) {
            note.data(levels.waiting());
            if (error != 0) note.endOfFile(error);
            return error != 0 || levels.waiting() > 0;
        }
        note.data(levels.readable());
        if (levels.receivesNoMore()) {
            note.endOfFile(error);
            return true;
        }
        if (error != 0) return true;
        if ((note.wantedFflags() & Kevent.NOTE_LOWAT) != 0) {
            return levels.readable() >= note.wantedData();
        }
        return new FreeBsdSocket(socket).hasEnough(levels);
    }

    /** filt_sowrite(). */
    static boolean canWrite(Knote note, Socket socket) {
        SocketLevels levels = socket.levels();
        if (levels.isListening()) return false;
        int error = socket.options().pendingErrno();
        int room = levels.room();
        note.data(room);
        if (levels.sendsNoMore()) {
            note.endOfFile(error);
            return true;
        }
        if (error != 0) return true;
        if (!levels.canSend()) return false;
        if ((note.wantedFflags() & Kevent.NOTE_LOWAT) != 0) return room >= note.wantedData();
        return room >= new FreeBsdSocket(socket).sendLowWater();
    }

    @Override
    public WaitQueue waitQueue() {
        return socket.waitQueue();
    }
}
