package io.socketlab.kernel.host;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.libc.Library;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.PortSharing;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.syscall.Abi;
import io.socketlab.kernel.syscall.CostCounter;
import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.kernel.syscall.FileTree;
import io.socketlab.kernel.syscall.ProcessTable;
import io.socketlab.kernel.syscall.SocketFactory;
import io.socketlab.kernel.syscall.SyscallEnvironment;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.tcp.Invariants;
import io.socketlab.kernel.tcp.RawSegment;
import io.socketlab.kernel.tcp.TcpEnvironment;
import io.socketlab.kernel.tcp.TcpLayer;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.HostBooted;
import io.socketlab.kernel.trace.TraceEvent.HostCrashed;
import io.socketlab.kernel.trace.TraceEvent.HostStarted;
import io.socketlab.kernel.udp.PingLayer;
import io.socketlab.kernel.udp.UdpLayer;
import io.socketlab.kernel.udp.UdpProfile;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** One simulated machine: its NIC, its protocols, and processes whose tasks make calls. */
public final class Host {

    /** Locally administered addresses: 02:00:00:00:00:01 and on. */
    private static final long FIRST_MAC = 0x0200_0000_0001L;

    private final HostSpec spec;
    private final Sysctls sysctls = new Sysctls();
    private final Nic nic;
    private final List<Nic> nics = new ArrayList<>(1);
    private int joined;
    private final IpLayer ip;
    private final TcpLayer tcp;
    private final UdpLayer udp;
    private final PingLayer ping;
    private final ProcessTable processes;
    private final CostCounter costs = new CostCounter();
    private final FileTree files = new FileTree();
    private final Library library;
    private final Chance chance;
    private final Trace trace;
    private int lastSocket;
    private boolean down;

    Host(HostSpec spec, Network network) {
        this.spec = spec;
        spec.sysctls().forEach(sysctls::set);
        var loop = network.loop();
        trace = network.trace();
        if (trace.isOn()) {
            trace.emit(
                    new HostStarted(
                            trace.stamp(spec.name()),
                            addresses(spec),
                            spec.profile().name(),
                            spec.mtu(),
                            spec.nic().rxRing(),
                            spec.nic().txRing()));
        }
        var interfaces = new ArrayList<NetworkInterface>(1);
        interfaces.add(networkInterface(network, spec.address(), spec.prefixLength(), spec.mtu()));
        for (InterfaceSpec more : spec.more()) {
            interfaces.add(
                    networkInterface(network, more.address(), more.prefixLength(), more.mtu()));
        }
        nic = nics.getFirst();
        ip =
                new IpLayer(
                        spec.name(),
                        interfaces,
                        loop,
                        trace,
                        network::nextPacket,
                        sysctls::integer);
        for (RouteSpec route : spec.routes()) {
            ip.addRoute(route.network(), route.prefixLength(), route.gateway());
        }
        spec.address6().ifPresent(ip::add);
        chance = network.chance("host " + spec.name());
        PortSharing sharing = sharing(spec.profile());
        udp =
                new UdpLayer(
                        spec.name(),
                        ip,
                        trace,
                        sysctls,
                        this::nextSocket,
                        chance.fork("udp"),
                        new UdpProfile(spec.profile() == KernelProfile.TEXTBOOK, sharing));
        tcp =
                new TcpLayer(
                        new TcpEnvironment(
                                spec.name(),
                                loop,
                                trace,
                                ip,
                                sysctls,
                                chance.fork("tcp"),
                                this::nextSocket,
                                sharing));
        ping = new PingLayer(ip, trace, sysctls, this::nextSocket, chance.fork("ping"));
        processes =
                new ProcessTable(
                        new SyscallEnvironment(
                                spec.name(),
                                abi(spec.profile()),
                                loop,
                                trace,
                                socketsOf(tcp, udp, ping),
                                files,
                                sysctls,
                                network::nextCall,
                                costs,
                                spec.cpu()));
        library = new Library(loop::now, chance.fork("libc"), this::prefixLength);
    }

    private NetworkInterface networkInterface(
            Network network, Ipv4Address address, int prefixLength, int mtu) {
        var card =
                new Nic(
                        spec.name(),
                        "eth" + nics.size(),
                        FIRST_MAC + network.nextCard(),
                        mtu,
                        spec.nic(),
                        network.loop(),
                        network.trace());
        card.softirqBudget(() -> sysctls.integer("net.core.netdev_budget"));
        int index = NetworkInterface.FIRST_INDEX + nics.size();
        nics.add(card);
        return new NetworkInterface(index, card, address, prefixLength);
    }

    /** The interface whose cable has not been laid yet. */
    NetworkInterface nextInterface() {
        if (joined == nics.size()) {
            throw new IllegalArgumentException(
                    name() + " has " + joined + " interfaces, and more links");
        }
        return ip.interfaces().get(joined++);
    }

    private static PortSharing sharing(KernelProfile profile) {
        return switch (profile) {
            case LINUX, TEXTBOOK -> PortSharing.LINUX;
            case BSD -> PortSharing.FREEBSD;
        };
    }

    private static Abi abi(KernelProfile profile) {
        return switch (profile) {
            case LINUX, TEXTBOOK -> Abi.LINUX;
            case BSD -> Abi.FREEBSD;
        };
    }

    private static SocketFactory socketsOf(TcpLayer tcp, UdpLayer udp, PingLayer ping) {
        return new SocketFactory() {
            @Override
            public Socket stream(AddressFamily family) {
                return tcp.newSocket(family);
            }

            @Override
            public Socket datagram(AddressFamily family) {
                return udp.newSocket(family);
            }

            @Override
            public Socket ping(AddressFamily family) {
                return ping.newSocket(family);
            }
        };
    }

    /** As {@code ip addr} has them, one after the other. */
    private static String addresses(HostSpec spec) {
        var all = new StringJoiner(" ").add(spec.address() + "/" + spec.prefixLength());
        spec.address6().ifPresent(ipv6 -> all.add(ipv6.toString()));
        spec.more().forEach(more -> all.add(more.address() + "/" + more.prefixLength()));
        return all.toString();
    }

    private int nextSocket() {
        return ++lastSocket;
    }

    public String name() {
        return spec.name();
    }

    public Ipv4Address address() {
        return spec.address();
    }

    /** Bits of {@link #address} that name its network. */
    public int prefixLength() {
        return spec.prefixLength();
    }

    private int prefixLength(Ipv4Address own) {
        return ip.interfaces().stream()
                .filter(i -> i.address().equals(own))
                .mapToInt(NetworkInterface::prefixLength)
                .findFirst()
                .orElse(Integer.SIZE);
    }

    /** Its global IPv6 address. */
    public Optional<Ipv6Address> address6() {
        return spec.address6().map(Ipv6Interface::address);
    }

    public KernelProfile profile() {
        return spec.profile();
    }

    public Sysctls sysctls() {
        return sysctls;
    }

    public IpLayer ip() {
        return ip;
    }

    /** What open(2) finds. */
    public FileTree files() {
        return files;
    }

    /** Its first network card, eth0. */
    public Nic nic() {
        return nic;
    }

    /** All its network cards, eth0 and on. */
    public List<Nic> nics() {
        return Collections.unmodifiableList(nics);
    }

    /** What nstat(8) tells, by its names, since the host was started. */
    public Map<String, Long> counters() {
        var counters = new LinkedHashMap<>(ip.counters());
        counters.putAll(udp.counters());
        counters.putAll(tcp.counters());
        return counters;
    }

    /** Its TCP sockets, as sock_diag(7) and /proc/net/tcp tell of them. */
    public List<SocketReport> tcpSockets() {
        return tcp.sockets();
    }

    /** Its UDP sockets, likewise. */
    public List<SocketReport> udpSockets() {
        return udp.sockets();
    }

    /** TCP connections that no program holds any more. */
    public int orphans() {
        return tcp.orphans();
    }

    /** What holds of its TCP connections between any two events, for tests to check. */
    public Invariants tcpInvariants() {
        return tcp.invariants();
    }

    /** Forgets what TCP has learnt of other hosts: {@code ip tcp_metrics flush}. */
    public void flushTcpMetrics() {
        tcp.flushMetrics();
    }

    /** Sends a segment that a program has made, and no connection: raw(7), IP_HDRINCL. */
    public void send(RawSegment segment) {
        tcp.send(segment);
    }

    /** Its processes, from the one that is there at first. */
    public ProcessTable processes() {
        return processes;
    }

    /**
     * The task of a program of its own, with descriptors of its own, that serves by itself.
     *
     * @param number beyond those of the host's other tasks; the same number gives the same task
     */
    public Task daemon(int number) {
        return processes.daemon(number);
    }

    /** What its processors take; empty if nothing takes time. */
    public Optional<CpuSettings> cpu() {
        return spec.cpu();
    }

    /** Its C library. */
    public Library library() {
        return library;
    }

    /** Chance for a program on this host. */
    public Chance chance(String user) {
        return chance.fork(user);
    }

    /** Task {@code number}; where there is none, it is made, of the host's first process. */
    public Task task(int number) {
        return processes.task(number);
    }

    /** Every task there is or was so far. */
    public List<Task> tasks() {
        return processes.tasks();
    }

    /**
     * It loses its power. Programs end in the midst of their calls, connections and buffers are
     * gone, and nobody is told.
     *
     * @throws IllegalStateException if it has none
     */
    public void crash() {
        if (down) throw new IllegalStateException(name() + " is down");
        down = true;
        if (trace.isOn()) trace.emit(new HostCrashed(trace.stamp(name())));
        trace.unseen(() -> {
            nics.forEach(nic -> nic.powered(false));
            processes.crash();
            tcp.forget();
            udp.forget();
            ip.forget();
        });
        assert leftovers().isEmpty() : leftovers();
    }

    /**
     * It is up again, with the sysctls, routes and firewall that it had; its program has just been
     * started.
     *
     * @throws IllegalStateException if it is up
     */
    public void boot() {
        if (!down) throw new IllegalStateException(name() + " is up");
        down = false;
        if (trace.isOn()) trace.emit(new HostBooted(trace.stamp(name())));
        nics.forEach(nic -> nic.powered(true));
        processes.restart();
    }

    /** Whether it has lost its power. */
    public boolean isDown() {
        return down;
    }

    /** What the calls of all its tasks have cost. */
    public CostCounter costs() {
        return costs;
    }

    /**
     * What its kernel holds for programs, in words; nothing once every descriptor is closed and
     * what follows that is over. For tests.
     */
    public List<String> leftovers() {
        var held = new ArrayList<String>();
        for (int fd : openDescriptors()) held.add("descriptor " + fd);
        held.addAll(tcp.held());
        if (udp.portsInUse() > 0) held.add(udp.portsInUse() + " UDP ports");
        if (ping.identifiersInUse() > 0) held.add(ping.identifiersInUse() + " echo identifiers");
        if (ip.incompletePackets() > 0) held.add(ip.incompletePackets() + " incomplete packets");
        return held;
    }

    /** What descriptor {@code fd} of its first process refers to, if it is open. */
    public Optional<Pollable> pollable(int fd) {
        return processes.first().fds().pollable(fd);
    }

    /** The socket behind descriptor {@code fd} of its first process, if there is one. */
    public Optional<Socket> socket(int fd) {
        return processes.first().fds().socket(fd);
    }

    /**
     * RLIMIT_NOFILE of its first process, as {@code ulimit -n} sets it: descriptors are below
     * {@code limit}.
     */
    public void descriptorLimit(int limit) {
        processes.first().fds().limit(limit);
    }

    /** Descriptors that are open in its first process. */
    public List<Integer> openDescriptors() {
        return processes.first().fds().numbers();
    }
}
