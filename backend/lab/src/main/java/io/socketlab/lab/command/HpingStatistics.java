package io.socketlab.lab.command;

/** What hping3 counts and tells at its end. */
final class HpingStatistics {

    private int sent;
    private int received;
    private int timed;
    private double least;
    private double most;
    private double sum;

    void packetSent() {
        sent++;
    }

    /**
     * @param rtt milliseconds
     */
    void answered(double rtt) {
        received++;
        least = timed == 0 ? rtt : Math.min(least, rtt);
        most = Math.max(most, rtt);
        sum += rtt;
        timed++;
    }

    /** By an ICMP error, of which the time does not count. */
    void answeredWithAnError() {
        received++;
    }

    int sent() {
        return sent;
    }

    int received() {
        return received;
    }

    String summary(String target) {
        return Text.format(
                """

                --- %s hping statistic ---
                %d packets transmitted, %d packets received, %d%% packet loss
                round-trip min/avg/max = %.1f/%.1f/%.1f ms
                """,
                target,
                sent,
                received,
                100 - received * 100L / sent,
                least,
                timed == 0 ? 0 : sum / timed,
                most);
    }
}
