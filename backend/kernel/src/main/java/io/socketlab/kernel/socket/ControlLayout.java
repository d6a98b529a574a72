package io.socketlab.kernel.socket;

/**
 * How control messages lie in a program's memory: each a struct cmsghdr of a size_t cmsg_len, an
 * int cmsg_level and an int cmsg_type, with its data behind it and up to the next multiple of a
 * size_t. cmsg(3).
 */
public enum ControlLayout {
    /** Of a program whose size_t has 64 bits. */
    LP64(8),
    /** Of one whose size_t has 32, as in WebAssembly. */
    ILP32(4);

    private final int sizeT;

    ControlLayout(int sizeT) {
        this.sizeT = sizeT;
    }

    /** sizeof(struct cmsghdr). */
    public int header() {
        return sizeT + 2 * Integer.BYTES;
    }

    /** Octets of cmsg_len. */
    public int sizeT() {
        return sizeT;
    }

    /** CMSG_LEN(): the header and so much data. */
    public int length(int data) {
        return header() + data;
    }

    /** CMSG_SPACE(): what they take, with what lies between it and the next. */
    public int space(int data) {
        return aligned(length(data));
    }

    /** CMSG_ALIGN(). */
    public int aligned(int octets) {
        return (octets + sizeT - 1) / sizeT * sizeT;
    }
}
