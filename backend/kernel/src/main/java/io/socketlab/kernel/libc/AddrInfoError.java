package io.socketlab.kernel.libc;

/** Why getaddrinfo(3) failed, with glibc's numbers and gai_strerror(3)'s words. */
public enum AddrInfoError {
    EAI_BADFLAGS(-1, "Bad value for ai_flags"),
    EAI_NONAME(-2, "Name or service not known"),
    EAI_AGAIN(-3, "Temporary failure in name resolution"),
    EAI_FAIL(-4, "Non-recoverable failure in name resolution"),
    EAI_NODATA(-5, "No address associated with hostname"),
    EAI_FAMILY(-6, "ai_family not supported"),
    EAI_SOCKTYPE(-7, "ai_socktype not supported"),
    EAI_SERVICE(-8, "Servname not supported for ai_socktype"),
    EAI_ADDRFAMILY(-9, "Address family for hostname not supported"),
    EAI_SYSTEM(-11, "System error");

    private final int number;
    private final String text;

    AddrInfoError(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    /** What gai_strerror(3) says. */
    public String text() {
        return text;
    }
}
