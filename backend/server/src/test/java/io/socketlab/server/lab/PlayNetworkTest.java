package io.socketlab.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.run.LabRun;
import io.socketlab.server.lab.PlayNetwork.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlayNetworkTest {

    private static PlayNetwork network(Shape shape, String delay, String sysctl) {
        return new PlayNetwork(shape, 2, "textbook", "bsd", delay, "10mbit", "50pkt", "1%", sysctl);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyShapeIsANetworkThatRuns(Shape shape) {
        PlayNetwork network = network(shape, "20ms", "net.ipv4.tcp_sack = 0");
        assertThat(network.problems()).isEmpty();
        LabRun run = LabRun.start(network.lab("play-" + network.id()), 1);
        run.input("server: socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(run.events()).isNotEmpty();
    }

    @Test
    void theSameSettingsAreTheSameNetwork() {
        PlayNetwork network =
                network(Shape.LAN, "20ms", "net.ipv4.tcp_sack = 0\n\nnet.core.somaxconn=8");
        assertThat(PlayNetwork.parse(network.text()).id()).isEqualTo(network.id());
        assertThat(PlayNetwork.parse(network.text()).problems()).isEmpty();
        assertThat(network(Shape.LAN, "21ms", "").id()).isNotEqualTo(network.id());
    }

    @Test
    void whatNoFormSendsCostsNothing() {
        PlayNetwork network = network(Shape.LINK, "20ms", "net.ipv4.tcp_sack = 0\n".repeat(1000));
        assertThat(network.problems()).containsExactly("sysctl: expected at most 2000 characters.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    20 ms      |                        | Delay: expected a time, as in 20ms.
                    x, loss: 1 |                        | Delay: expected a time
                    20ms       | net.ipv4.tcp_sak = 0   | net.ipv4.tcp_sack
                    20ms       | } net.ipv4.tcp_sack    | sysctl: expected name = value
                    20ms       | net.ipv4.tcp_sack = on | another value
                    """)
    void whatIsWrongIsSaid(String delay, String sysctl, String said) {
        PlayNetwork network = network(Shape.LINK, delay, sysctl == null ? "" : sysctl);
        assertThat(network.problems()).singleElement().asString().contains(said);
    }
}
