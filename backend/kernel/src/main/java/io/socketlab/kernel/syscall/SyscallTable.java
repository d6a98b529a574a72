package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Failed;

/** Which handler each call has. */
final class SyscallTable {

    private final SocketCalls sockets;
    private final TransferCalls transfers;
    private final FileCalls files;
    private final WaitCalls waits;

    SyscallTable(UserProcess process) {
        this.sockets = new SocketCalls(process);
        this.transfers = new TransferCalls(process);
        this.files = new FileCalls(process);
        this.waits = new WaitCalls(process);
    }

    @SuppressWarnings("unchecked") // each case answers with its own call's R
    <R> PreparedCall<R> prepare(Syscall<R> call) {
        return (PreparedCall<R>)
                switch (call) {
                    case Syscall.Socket socket -> sockets.socket(socket);
                    case Syscall.Bind bind -> sockets.bind(bind);
                    case Syscall.Listen listen -> sockets.listen(listen);
                    case Syscall.Accept accept -> sockets.accept(accept);
                    case Syscall.Connect connect -> sockets.connect(connect);
                    case Syscall.Shutdown shutdown -> sockets.shutdown(shutdown);
                    case Syscall.GetSockName name -> sockets.getSockName(name);
                    case Syscall.GetPeerName name -> sockets.getPeerName(name);
                    case Syscall.SetSockOpt option -> sockets.setSockOpt(option);
                    case Syscall.GetSockOpt option -> sockets.getSockOpt(option);
                    case Syscall.Write write -> transfers.write(write);
                    case Syscall.Send send -> transfers.send(send);
                    case Syscall.Read read -> transfers.read(read);
                    case Syscall.Recv recv -> transfers.recv(recv);
                    case Syscall.Close close -> files.close(close);
                    case Syscall.Fcntl fcntl -> files.fcntl(fcntl);
                    case Syscall.Ioctl ioctl -> files.ioctl(ioctl);
                    case Syscall.Poll poll -> waits.poll(poll);
                    case Syscall.Sleep sleep -> waits.sleep(sleep);
                };
    }

    /** A call that fails before anything is attempted. */
    static <R> PreparedCall<R> failing(Errno errno) {
        Outcome<R> failed = new Failed<>(errno);
        return _ -> failed;
    }
}
