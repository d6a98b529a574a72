package io.socketlab.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketlab.kernel.sim.Chance;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QdiscReaderTest {

    private static Qdisc read(String text) {
        return QdiscReader.read(List.of(text.split(" ")), new Chance(1));
    }

    @ParameterizedTest
    @CsvSource({
        "pfifo_fast, pfifo_fast",
        "pfifo, pfifo",
        "pfifo limit 10, pfifo",
        "pfifo limit 10p, pfifo",
        "bfifo limit 15k, bfifo",
        "fq, fq",
        "fq limit 100 flow_limit 10p quantum 3028b initial_quantum 15140 maxrate 1.5mbit, fq",
        "fq nopacing horizon 2s horizon_cap, fq",
    })
    void readsWhatTcHas(String text, String kind) {
        assertThat(read(text).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "codel | expected one of pfifo_fast, pfifo, bfifo, fq, red, noqueue, not 'codel'",
                "pfifo size 3 | expected limit: size",
                "pfifo limit | expected a value for limit",
                "pfifo limit 3 4 | pfifo has no option '4'",
                "pfifo limit ten | expected packets, as in 100p, not 'ten'",
                "fq flow_limit | expected a value for flow_limit",
                "fq maxrate 10mbyte | expected a rate, as in 10mbit, not '10mbyte'",
                "fq maxrate 0bit | maxrate 0",
                "fq quantum 0 | quantum 0",
                "red limit 1000 | red needs a limit and an avpkt",
                "red limit 60000 avpkt 1000 probability 2 | expected a probability, as in 0.02, not '2'",
                "fq horizon soon | expected a time, as in 10s, not 'soon'",
            })
    void refusesWhatItDoesNotKnow(String text, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(text)).withMessage(problem);
    }
}
