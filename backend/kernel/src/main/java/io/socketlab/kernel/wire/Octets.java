package io.socketlab.kernel.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned numbers in network order in an array of octets. */
public final class Octets {

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    public static int getByte(byte[] octets, int at) {
        return octets[at] & 0xFF;
    }

    public static int getShort(byte[] octets, int at) {
        return (short) SHORT.get(octets, at) & 0xFFFF;
    }

    /** All 32 bits; what they mean is the reader's affair. */
    public static int getInt(byte[] octets, int at) {
        return (int) INT.get(octets, at);
    }

    public static void putByte(byte[] octets, int at, int value) {
        octets[at] = (byte) value;
    }

    public static void putShort(byte[] octets, int at, int value) {
        SHORT.set(octets, at, (short) value);
    }

    public static void putInt(byte[] octets, int at, int value) {
        INT.set(octets, at, value);
    }
}
