package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.sandbox.engine.ChicoryEngine;
import io.socketlab.sandbox.module.ModuleException;
import io.socketlab.sandbox.module.ProgramModule;
import org.junit.jupiter.api.Test;

class CodeCacheTest {

    private static final int KEPT = 2;

    private final CodeCache codes =
            new CodeCache(new ChicoryEngine(KEPT, ProgramModule.MOST_PAGES, Long.MAX_VALUE), KEPT);

    @Test
    void theSameOctetsAreLetInOnce() {
        byte[] wasm = ProgramNetwork.wasm("addresses");
        assertThat(codes.of(wasm.clone())).isSameAs(codes.of(wasm));
    }

    @Test
    void whatBecomesOfTheOctetsAfterwardsChangesNothing() {
        byte[] wasm = ProgramNetwork.wasm("addresses");
        Code code = codes.of(wasm);
        wasm[0] = 1;
        assertThat(codes.of(ProgramNetwork.wasm("addresses"))).isSameAs(code);
        assertThatThrownBy(() -> codes.of(wasm)).isInstanceOf(ModuleException.class);
    }

    @Test
    void theOneThatWasNotAskedForForLongestGoes() {
        Code first = codes.of(ProgramNetwork.wasm("addresses"));
        Code second = codes.of(ProgramNetwork.wasm("ancillary"));
        codes.of(ProgramNetwork.wasm("addresses"));
        codes.of(ProgramNetwork.wasm("array_end"));
        assertThat(codes.of(ProgramNetwork.wasm("addresses"))).isSameAs(first);
        assertThat(codes.of(ProgramNetwork.wasm("ancillary"))).isNotSameAs(second);
    }

    @Test
    void whatIsNotLetInIsRefusedAgain() {
        byte[] wasm = {0, 1, 2};
        assertThatThrownBy(() -> codes.of(wasm)).isInstanceOf(ModuleException.class);
        assertThatThrownBy(() -> codes.of(wasm)).isInstanceOf(ModuleException.class);
    }
}
