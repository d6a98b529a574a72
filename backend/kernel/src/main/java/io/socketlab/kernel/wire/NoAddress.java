package io.socketlab.kernel.wire;

/** AF_UNSPEC, a sockaddr without an address: connect(2) to it undoes a connect(2) to another. */
public record NoAddress() implements IpAddress {

    @Override
    public boolean isMulticast() {
        return false;
    }

    @Override
    public boolean isAny() {
        return false;
    }

    @Override
    public boolean isLoopback() {
        return false;
    }

    @Override
    public int folded() {
        return 0;
    }

    @Override
    public String toString() {
        return "AF_UNSPEC";
    }
}
