package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.check.CallNames;
import io.socketlab.lab.script.CallCatalogue;
import org.junit.jupiter.api.Test;

/** What a script can call a check can name. */
class CallNamesTest {

    @Test
    void everyCallOfTheCatalogueCanStandInAPattern() {
        assertThat(CallNames.ALL).containsAll(CallCatalogue.names());
    }
}
