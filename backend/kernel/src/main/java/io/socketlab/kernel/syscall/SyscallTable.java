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
    private final PollCalls polls;
    private final SelectCalls selects;
    private final KqueueCalls kqueues;
    private final UserProcess process;
    private final EpollCalls epolls;
    private final SpliceCalls splices;
    private final ProcessCalls processes;
    private final SignalCalls signals;

    SyscallTable(UserProcess process) {
        this.process = process;
        this.files = new FileCalls(process);
        this.sockets = new SocketCalls(process, files);
        this.transfers = new TransferCalls(process);
        this.waits = new WaitCalls();
        this.polls = new PollCalls(process);
        this.selects = new SelectCalls(process);
        this.kqueues = new KqueueCalls(process, files);
        this.epolls = new EpollCalls(process, files);
        this.splices = new SpliceCalls(process);
        this.processes = new ProcessCalls(process);
        this.signals = new SignalCalls(process);
    }

    /**
     * @param caller the task that makes the call
     */
    @SuppressWarnings("unchecked") // each case answers with its own call's R
    <R> PreparedCall<R> prepare(Task caller, Syscall<R> call) {
        if (!process.abi().has(call)) return failing(Errno.ENOSYS);
        return (PreparedCall<R>)
                switch (call) {
                    case Syscall.Socket socket -> sockets.socket(socket);
                    case Syscall.SocketPair pair -> sockets.pair(pair);
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
                    case Syscall.SendMsg message -> transfers.sendMsg(message);
                    case Syscall.RecvMsg message -> transfers.recvMsg(message);
                    case Syscall.SendMmsg messages -> transfers.sendMmsg(messages);
                    case Syscall.RecvMmsg messages -> transfers.recvMmsg(messages);
                    case Syscall.WriteV write -> transfers.writeV(write);
                    case Syscall.ReadV read -> transfers.readV(read);
                    case Syscall.AtBadAddress<R>(var inner) -> transfers.atBadAddress(inner);
                    case Syscall.Masked<R>(var inner, var mask) ->
                            new MaskedCall<>(caller.signals(), mask, prepare(caller, inner));
                    case Syscall.SendFile sendFile -> splices.sendFile(sendFile);
                    case Syscall.Splice splice -> splices.splice(splice);
                    case Syscall.Close close -> files.close(close);
                    case Syscall.Fcntl fcntl -> files.fcntl(fcntl);
                    case Syscall.FcntlDup dup -> files.dup(dup);
                    case Syscall.Dup dup -> files.dup(dup);
                    case Syscall.Dup2 dup -> files.dup2(dup);
                    case Syscall.Dup3 dup -> files.dup3(dup);
                    case Syscall.FcntlNumber fcntl -> files.fcntl(fcntl);
                    case Syscall.Pipe pipe -> files.pipe(pipe);
                    case Syscall.Open open -> files.open(open);
                    case Syscall.Ioctl ioctl -> files.ioctl(ioctl);
                    case Syscall.Poll poll -> polls.poll(caller, poll);
                    case Syscall.Ppoll poll -> polls.ppoll(caller, poll);
                    case Syscall.Select select -> selects.select(caller, select);
                    case Syscall.EpollCreate create -> epolls.create(create);
                    case Syscall.EpollCreate1 create -> epolls.create1(create);
                    case Syscall.EpollCtl control -> epolls.control(control);
                    case Syscall.EpollWait wait -> epolls.await(wait);
                    case Syscall.EpollPwait2 wait -> epolls.await(wait);
                    case Syscall.Kqueue kqueue -> kqueues.create(kqueue);
                    case Syscall.Kevent kevent -> kqueues.kevent(kevent);
                    case Syscall.Sleep sleep -> waits.sleep(sleep);
                    case Syscall.ProcessCall<?> made -> ofProcess(caller, made);
                };
    }

    private PreparedCall<?> ofProcess(Task caller, Syscall.ProcessCall<?> call) {
        return switch (call) {
            case Syscall.Fork _ -> processes.fork(caller);
            case Syscall.PthreadCreate _ -> processes.startThread(caller);
            case Syscall.PthreadExit _ -> processes.exitThread(caller);
            case Syscall.Exit exit -> processes.exit(caller, exit);
            case Syscall.WaitPid wait -> processes.await(wait);
            case Syscall.GetPid _ -> processes.pid();
            case Syscall.GetPpid _ -> processes.parentPid();
            case Syscall.GetRlimit _ -> processes.limit();
            case Syscall.SetRlimit limit -> processes.limit(limit);
            case Syscall.Kill kill -> signals.kill(caller, kill);
            case Syscall.SigAction action -> signals.action(action);
            case Syscall.SigProcMask mask -> signals.mask(caller, mask);
            case Syscall.SigReturn _ -> signals.handlerReturns(caller);
            case Syscall.Pause _ -> signals.pause();
            case Syscall.Alarm alarm -> signals.alarm(alarm);
            case Syscall.SetITimer timer -> signals.setITimer(timer);
            case Syscall.GetITimer _ -> signals.getITimer();
        };
    }

    /** A call that fails before anything is attempted. */
    static <R> PreparedCall<R> failing(Errno errno) {
        Outcome<R> failed = new Failed<>(errno);
        return _ -> failed;
    }
}
