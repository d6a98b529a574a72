package io.socketlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Sequences of packets, time and calls into a host with TCP and UDP sockets. */
class InputPathFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void packetsTimeAndCalls(byte[] data) {
        Bombardment.brief(data);
    }

    @FuzzTest(maxDuration = "10m")
    void longSequences(byte[] data) {
        Bombardment.thorough(data);
    }

    @FuzzTest(maxDuration = "10m")
    void rawPackets(byte[] data) {
        Bombardment.raw(data);
    }
}
