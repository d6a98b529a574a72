package io.socketlab.sandbox.program;

/**
 * What a program asks, and where.
 *
 * @param place in its sources, {@code server.c:41}; empty where that is not known
 */
record Request(Asked asked, String place) {}
