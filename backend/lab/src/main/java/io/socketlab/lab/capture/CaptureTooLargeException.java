package io.socketlab.lab.capture;

import java.io.Serial;

/** A run has more frames than a capture of it may hold. */
public final class CaptureTooLargeException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    CaptureTooLargeException(long octets) {
        super("The frames of this run take more than " + octets + " octets of memory.");
    }
}
