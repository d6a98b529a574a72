package io.socketlab.lab.command;

import io.socketlab.kernel.link.Coalescing;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.NicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** ethtool(8): the rings, interrupts, offloads and counters of the network card. */
final class Ethtool {

    private static final String USAGE =
            "expected ethtool and one of -S (statistics), -g (rings), -c (coalescing), -k"
                    + " (features), -i (driver) with eth0, or -G eth0 rx N tx N, -C eth0 rx-usecs"
                    + " N …, -K eth0 gro on";
    private static final List<String> SHOWN = List.of("-S", "-g", "-c", "-k", "-i");
    private static final List<String> RINGS = List.of("rx", "tx");
    private static final List<String> COALESCING =
            List.of("rx-usecs", "rx-frames", "tx-usecs", "tx-frames");
    private static final List<String> FEATURES = List.of("gro", "generic-receive-offload");

    private Ethtool() {}

    static ShortCommand read(Words words) {
        String option = words.peek();
        boolean shows = SHOWN.contains(option);
        boolean sets = List.of("-G", "-C", "-K").contains(option);
        if (!shows && !sets) throw words.unexpected(USAGE);
        words.next(USAGE);
        boolean named = Devices.isName(words.peek()) && !words.peek().equals(IpLinks.LOOPBACK);
        if (!named) throw words.unexpected("expected the device, eth0");
        String device = words.next(USAGE);
        if (shows) {
            words.end(USAGE);
            return host -> on(host, device, nic -> CommandResult.of(EthtoolReport.of(option, nic)));
        }
        UnaryOperator<NicSettings> change =
                switch (option) {
                    case "-G" -> rings(words);
                    case "-C" -> coalescing(words);
                    default -> features(words);
                };
        return host -> on(host, device, nic -> set(nic, change));
    }

    private static CommandResult on(
            ShellHost host, String device, Function<Nic, CommandResult> action) {
        return Devices.nic(host.kernel(), device)
                .map(action)
                .orElseGet(() -> CommandResult.failed(75, "netlink error: No such device"));
    }

    /** What a driver refuses is said as the kernel says it. */
    private static CommandResult set(Nic nic, UnaryOperator<NicSettings> change) {
        try {
            nic.settings(change.apply(nic.settings()));
        } catch (IllegalArgumentException e) {
            return CommandResult.failed(1, "netlink error: Invalid argument\n" + e.getMessage());
        }
        return CommandResult.of("");
    }

    /** Words and their numbers, applied in their order. */
    private static UnaryOperator<NicSettings> all(List<UnaryOperator<NicSettings>> changes) {
        return settings -> {
            NicSettings changed = settings;
            for (UnaryOperator<NicSettings> change : changes) changed = change.apply(changed);
            return changed;
        };
    }

    private static UnaryOperator<NicSettings> rings(Words words) {
        var changes = new ArrayList<UnaryOperator<NicSettings>>();
        do {
            boolean isRx = parameter(words, RINGS).equals("rx");
            int size = words.number("descriptors", 1, NicSettings.MAX_RING);
            changes.add(s -> isRx ? s.withRings(size, s.txRing()) : s.withRings(s.rxRing(), size));
        } while (!words.isEmpty());
        return all(changes);
    }

    /** The four together: each by itself might make a setting that no driver takes. */
    private static UnaryOperator<NicSettings> coalescing(Words words) {
        @Nullable Integer[] given = new Integer[COALESCING.size()];
        do {
            String name = parameter(words, COALESCING);
            int most = name.endsWith("usecs") ? Coalescing.MAX_USECS : NicSettings.MAX_RING;
            given[COALESCING.indexOf(name)] = words.number(name, 0, most);
        } while (!words.isEmpty());
        return s -> {
            Coalescing c = s.coalescing();
            return s.withCoalescing(
                    new Coalescing(
                            or(given[0], c.rxUsecs()),
                            or(given[1], c.rxFrames()),
                            or(given[2], c.txUsecs()),
                            or(given[3], c.txFrames())));
        };
    }

    private static int or(@Nullable Integer given, int before) {
        return given == null ? before : given;
    }

    private static UnaryOperator<NicSettings> features(Words words) {
        String expected = "expected gro on or gro off; the other features cannot be switched";
        var changes = new ArrayList<UnaryOperator<NicSettings>>();
        do {
            if (!FEATURES.contains(words.peek())) throw words.unknown(expected, FEATURES);
            words.next(expected);
            boolean on = words.peek().equals("on");
            if (!on && !words.peek().equals("off")) throw words.unexpected("expected on or off");
            words.next(expected);
            changes.add(s -> s.withGro(on));
        } while (!words.isEmpty());
        return all(changes);
    }

    private static String parameter(Words words, List<String> names) {
        String expected = "expected one of " + String.join(", ", names) + " and a number";
        if (!names.contains(words.peek())) throw words.unknown(expected, names);
        return words.next(expected);
    }
}
