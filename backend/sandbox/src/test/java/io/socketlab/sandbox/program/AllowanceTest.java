package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowanceTest {

    @Test
    void whatAProcessHadIsThereForOthersOnceItHasEnded() {
        Allowance.OfProcess first = new Allowance().ofProcess();
        Allowance.OfProcess child = first.another();
        assertThat(first.take(Allowance.PAGES - 100)).isTrue();
        assertThat(first.take(40)).isTrue();
        assertThat(child.take(61)).isFalse();
        assertThat(child.take(60)).isTrue();
        assertThat(first.another().take(1)).isFalse();

        child.giveBack();
        child.giveBack();

        assertThat(first.another().take(61)).isFalse();
        assertThat(first.another().take(60)).isTrue();
    }
}
