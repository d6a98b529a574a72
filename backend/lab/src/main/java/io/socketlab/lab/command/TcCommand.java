package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.QdiscReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * tc(8) of iproute2, for the queueing discipline of an interface.
 *
 * @param device empty for all, where they are shown
 * @param qdisc its kind and options, where one is set
 * @param statistics {@code -s}
 */
record TcCommand(Action action, Optional<String> device, List<String> qdisc, boolean statistics)
        implements ShortCommand {

    private enum Action {
        SHOW,
        ADD,
        REPLACE,
        DELETE
    }

    private static final String USAGE =
            "expected tc [-s] qdisc [show [dev eth0]], tc qdisc add or replace dev eth0 root and a"
                    + " kind with its options, or tc qdisc del dev eth0 root";

    /** What tc(8) exits with where the kernel refuses. */
    private static final int REFUSED = 2;

    static Command read(Words words) {
        boolean statistics = false;
        while (words.peek().startsWith("-")) {
            if (!words.accept("-s") && !words.accept("-statistics")) throw words.unexpected(USAGE);
            statistics = true;
        }
        if (!words.accept("qdisc")) throw words.unknown(USAGE, List.of("qdisc"));
        Action action = action(words);
        Optional<String> device = device(words);
        if (action == Action.SHOW) {
            words.end(USAGE);
            return new TcCommand(action, device, List.of(), statistics);
        }
        if (device.isEmpty() || !words.accept("root")) throw words.unexpected(USAGE);
        if (action == Action.DELETE) {
            words.end(USAGE);
            return new TcCommand(action, device, List.of(), statistics);
        }
        return new TcCommand(action, device, qdisc(words), statistics);
    }

    private static Action action(Words words) {
        if (words.accept("add")) return Action.ADD;
        if (words.accept("replace")) return Action.REPLACE;
        if (words.accept("del") || words.accept("delete")) return Action.DELETE;
        if (!words.accept("show") && !words.accept("list")) words.accept("ls");
        return Action.SHOW;
    }

    private static Optional<String> device(Words words) {
        if (!words.accept("dev")) return Optional.empty();
        if (!Devices.isName(words.peek())) {
            throw words.unknown("expected a device such as eth0", List.of("eth0", "lo"));
        }
        return Optional.of(words.next(USAGE));
    }

    private static List<String> qdisc(Words words) {
        int offset = words.offset();
        var all = new ArrayList<String>();
        all.add(words.next("expected one of " + String.join(", ", QdiscReader.KINDS)));
        while (!words.isEmpty()) all.add(words.next(USAGE));
        try {
            QdiscReader.check(all);
        } catch (IllegalArgumentException e) {
            throw new CommandException(offset, String.valueOf(e.getMessage()));
        }
        return List.copyOf(all);
    }

    @Override
    public CommandResult run(ShellHost host) {
        Host kernel = host.kernel();
        if (device.isPresent() && !Devices.has(kernel, device.get())) {
            return CommandResult.failed(1, "Cannot find device \"" + device.get() + "\"");
        }
        if (action == Action.SHOW) return CommandResult.of(show(kernel));
        Optional<Nic> nic = device.flatMap(name -> Devices.nic(kernel, name));
        if (nic.isEmpty()) return CommandResult.failed(REFUSED, "Error: lo has no queue here.");
        return change(kernel, nic.get());
    }

    private CommandResult change(Host host, Nic nic) {
        boolean isSet = nic.qdiscHandle() != 0;
        if (action == Action.DELETE) {
            if (!isSet) {
                return CommandResult.failed(
                        REFUSED, "Error: Cannot delete qdisc with handle of zero.");
            }
            nic.usualQdisc();
        } else if (action == Action.ADD && isSet) {
            return CommandResult.failed(REFUSED, "Error: Exclusivity flag on, cannot modify.");
        } else {
            String user = "qdisc " + nic.device() + " " + nic.qdiscHandle();
            nic.qdisc(QdiscReader.read(qdisc, host.chance(user)));
        }
        return CommandResult.of("");
    }

    private String show(Host host) {
        var out = new StringBuilder();
        if (device.isEmpty() || device.get().equals(IpLinks.LOOPBACK)) {
            out.append(QdiscText.loopback(device.isEmpty(), statistics));
        }
        for (Nic nic : host.nics()) {
            if (device.isPresent() && !device.get().equals(nic.device())) continue;
            out.append(QdiscText.of(nic, device.isEmpty(), statistics));
        }
        return out.toString();
    }
}
