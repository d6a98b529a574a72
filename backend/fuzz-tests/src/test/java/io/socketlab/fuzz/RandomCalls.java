package io.socketlab.fuzz;

import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.libc.Hints;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Any call of {@link Syscall}, its arguments made by their types and names: mostly ones that mean
 * something, so that a call gets past its first checks. A call that is added to the kernel is made
 * as well, without a word here.
 */
final class RandomCalls {

    static final int TCP_PORT = 8080;
    static final int UDP_PORT = 5353;

    private static final List<Class<?>> CALLS = concrete();

    /** What getaddrinfo(3) looks for; nothing for NULL. */
    private static final List<String> NODES =
            List.of("", "a", "b", "localhost", "www.example.com", "10.0.0.2", "::1", "1.2.3", "..");

    private static final List<String> SERVICES = List.of("", "http", "80", "none", "-1", "99999");

    /** How each record is made; reflection is slow to find it again. */
    private static final Map<Class<?>, Shape> SHAPES = new HashMap<>();

    private record Shape(Constructor<?> constructor, RecordComponent[] components) {}

    private final Inputs in;
    private final IntSupplier descriptors;
    private final List<IpAddress> hosts;

    /**
     * @param descriptors gives a descriptor, open or not
     * @param hosts whose addresses are to be met with most often
     */
    RandomCalls(Inputs in, IntSupplier descriptors, List<IpAddress> hosts) {
        this.in = in;
        this.descriptors = descriptors;
        this.hosts = hosts;
    }

    /** Every record that is a call. */
    static List<Class<?>> concrete() {
        return records(Syscall.class).toList();
    }

    private static Stream<Class<?>> records(Class<?> type) {
        if (type.isRecord()) return Stream.of(type);
        return Arrays.stream(type.getPermittedSubclasses()).flatMap(RandomCalls::records);
    }

    /** Empty if the fuzzer's octets make an argument that no such call can have. */
    Optional<Syscall<?>> next() {
        Class<?> type = CALLS.get(in.octet() % CALLS.size());
        try {
            return Optional.of((Syscall<?>) record(type));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a record's own check: such a value does not exist
        }
    }

    private Object record(Class<?> type) {
        Shape shape = SHAPES.computeIfAbsent(type, RandomCalls::shape);
        Object[] arguments = new Object[shape.components.length];
        for (int i = 0; i < arguments.length; i++) {
            RecordComponent component = shape.components[i];
            arguments[i] = value(component.getGenericType(), component.getName());
        }
        try {
            return shape.constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) throw refused;
            throw new IllegalStateException(type + " of " + Arrays.toString(arguments), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private static Shape shape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new Shape(constructor, components);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return (in.octet() & 1) == 0 ? Optional.empty() : Optional.of(value(element, name));
            }
            if (generic.getRawType() == List.class) return list(element, name);
            if (generic.getRawType() == Syscall.class) {
                return name.equals("waiting")
                        ? record(WAITING.get(in.octet() % WAITING.size()))
                        : inner();
            }
        }
        if (type == int.class || type == Integer.class) return number(name);
        if (name.equals("ident")) return (long) descriptors.getAsInt();
        if (type == long.class || type == Long.class) return duration();
        if (type == boolean.class) return (in.octet() & 1) != 0;
        if (type == String.class) return text();
        if (type == byte[].class) return octets();
        if (type == OptionValue.class) return optionValue();
        if (type == IpAddress.class) return address();
        if (type instanceof Class<?> known) return made(known);
        throw new IllegalStateException("no value for " + name + ", a " + type);
    }

    private Object made(Class<?> type) {
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[in.octet() % constants.length];
        }
        if (type.isRecord()) return record(type);
        if (type.isSealed()) {
            Class<?>[] kinds = type.getPermittedSubclasses();
            return made(kinds[in.octet() % kinds.length]);
        }
        throw new IllegalStateException("no value of " + type);
    }

    private List<Object> list(Type element, String name) {
        int length = in.pick(1, 1, 2, 3, 0, 8);
        var list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) list.add(value(element, name));
        return list;
    }

    /** Calls that can have a signal mask. */
    private static final List<Class<?>> WAITING =
            List.of(
                    Syscall.Ppoll.class,
                    Syscall.Select.class,
                    Syscall.EpollWait.class,
                    Syscall.EpollPwait2.class,
                    Syscall.Pause.class);

    /** The call that is made with a bad address. */
    private Syscall<?> inner() {
        Syscall<?> call = (Syscall<?>) record(CALLS.get(in.octet() % CALLS.size()));
        if (call instanceof Syscall.AtBadAddress<?>) throw new IllegalArgumentException("once");
        return call;
    }

    private int number(String name) {
        return switch (name) {
            case "fd", "target", "to", "from", "newFd", "reading", "writing", "exceptional" ->
                    descriptors.getAsInt();
            case "domain" -> in.pick(2, 2, 2, 2, 10, 10, 1, 0, -1);
            case "type" -> in.pick(1, 2, 0x801, 0x802, 0x80001, 3, 0, 5, 11, 0x1001);
            case "protocol" -> in.pick(0, 0, 0, 6, 17, 1, 132, -1, 256);
            case "operation" -> in.pick(1, 1, 1, 2, 3, 0, 4);
            case "port" -> in.pick(TCP_PORT, TCP_PORT, UDP_PORT, 0, 1, 65_535, 2000 + in.octet());
            case "events" -> events();
            case "filter" -> in.pick(-1, -1, -2, -7, -11, -5, 0, -20);
            case "flags" -> flags();
            case "family" -> in.pick(0, 0, 2, 10, 1, -1);
            case "socketType" -> in.pick(0, 1, 2, 3, 7);
            case "timeoutMs" -> in.pick(0, 1, 10, 1000, 100_000, -1, -1, -5, Integer.MAX_VALUE);
            case "how" -> in.pick(0, 1, 2, 1, 2, 3, -1);
            case "pid" -> in.pick(100, 101, 102, 103, 104, 0, -1, 1, -7);
            case "signal" -> in.pick(0, 9, 10, 10, 13, 14, 15, 17, 29, 64, 65, -1);
            case "seconds" -> in.pick(0, 1, 5, 60, -1, Integer.MAX_VALUE);
            case "backlog" -> in.pick(0, 1, 2, 5, 128, -1, Integer.MAX_VALUE);
            default -> in.pick(1, 10, 100, 1000, 5000, 70_000, 0, -1, Integer.MAX_VALUE);
        };
    }

    private int flags() {
        int bits = in.pick(0, 0, 0, 0x800, 1, 2, 0x40, 0x100, 0x8000, 0x2000_0000, 0x4000, 5, 0x21);
        return in.octet() % 4 == 0 ? bits | 1 << in.octet() % 32 : bits;
    }

    private int events() {
        int bits = in.pick(1, 4, 5, 2, 0x2001, 0x2005, 0);
        return bits | in.pick(0, 0, 0x8000_0000, 0x4000_0000, 0x1000_0000, 0xC000_0000, 0x18);
    }

    /** Of getaddrinfo(3), by names and services that mean something and by ones that do not. */
    GetAddrInfo.Request lookup() {
        Optional<String> node =
                Optional.of(in.octet() % NODES.size()).map(NODES::get).filter(n -> !n.isEmpty());
        Optional<String> service =
                Optional.of(in.octet() % SERVICES.size())
                        .map(SERVICES::get)
                        .filter(s -> !s.isEmpty());
        Optional<Hints> hints =
                (in.octet() & 1) == 0 ? Optional.empty() : Optional.of((Hints) record(Hints.class));
        return new GetAddrInfo.Request(node, service, hints);
    }

    /** Nanoseconds, most often. */
    private long duration() {
        return new long[] {0, 1, 1_000_000, 1_000_000_000, 60_000_000_000L, -1, -5, Long.MAX_VALUE}
                [in.octet() % 8];
    }

    private String text() {
        return List.of("/etc/hosts", "/tmp/file", "/none", "", "reno", "cubic").get(in.octet() % 6);
    }

    private byte[] octets() {
        return new byte[in.pick(1, 10, 100, 1448, 5000, 70_000, 0)];
    }

    private Object address() {
        int choice = in.octet() % 12;
        if (choice < 8) return hosts.get(choice % hosts.size());
        return switch (choice) {
            case 8 -> Ipv4Address.ANY;
            case 9 -> new Ipv4Address(0x7F00_0001);
            case 10 -> Ipv4Address.BROADCAST;
            default ->
                    switch (in.octet() % 6) {
                        case 0 -> new NoAddress();
                        case 1 -> Ipv6Address.ANY;
                        case 2 -> Ipv6Address.LOOPBACK;
                        case 3 -> Ipv6Address.mapped(new Ipv4Address(0x0A00_0002));
                        case 4 -> Ipv6Address.mapped(new Ipv4Address(in.word()));
                        default -> new Ipv4Address(in.word());
                    };
        };
    }

    private OptionValue optionValue() {
        int number = in.pick(0, 1, 2, 5, 60, 536, 5000, 100_000, -1, -5, Integer.MAX_VALUE);
        return switch (in.octet() % 10) {
            case 0 -> new OptionValue.Linger((in.octet() & 1) != 0, number);
            case 1 -> new OptionValue.Time(duration());
            case 2 -> new OptionValue.Text(text());
            case 3 -> new OptionValue.Octets(ByteBuffer.allocate(in.pick(16, 32, 4, 0)).array());
            case 4 -> new OptionValue.Numbers(List.of(number, number));
            default -> new OptionValue.Int(number);
        };
    }
}
