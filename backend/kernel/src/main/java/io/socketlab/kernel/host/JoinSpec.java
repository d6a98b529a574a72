package io.socketlab.kernel.host;

/** What joins hosts. It takes the next interface of each of them. */
public sealed interface JoinSpec permits LanSpec, LinkSpec {

    String name();
}
