package io.socketlab.kernel.host;

/** Whose choices a host's kernel makes where the texts leave one. */
public enum KernelProfile {
    /** A current Linux. */
    LINUX,
    /** FreeBSD. */
    BSD,
    /** RFC 9293 and Stevens, as a course states them. */
    TEXTBOOK
}
