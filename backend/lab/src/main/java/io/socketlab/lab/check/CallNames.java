package io.socketlab.lab.check;

import java.util.List;

/** The system calls that a pattern or a lab can name. */
public final class CallNames {

    public static final List<String> ALL = CallText.NAMES;

    private CallNames() {}
}
