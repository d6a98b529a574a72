package io.socketlab.kernel.tcp;

/**
 * What a peer's SYN offers and we take.
 *
 * @param mss SEG.MSS, -1 if it was not there
 * @param windowScale the peer's shift, -1 for no scaling at all
 */
record HandshakeOptions(int mss, int windowScale, boolean sack, boolean timestamps) {}
