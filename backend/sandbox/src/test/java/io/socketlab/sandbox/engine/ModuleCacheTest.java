package io.socketlab.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.sandbox.TestModule;
import org.junit.jupiter.api.Test;

class ModuleCacheTest {

    private final ChicoryEngine engine = new ChicoryEngine(2, 4, Long.MAX_VALUE);

    private static byte[] module(int pages) {
        return new TestModule().memory(pages, 4).octets();
    }

    @Test
    void givesTheSameModuleForTheSameOctets() {
        assertThat(engine.load(module(1))).isSameAs(engine.load(module(1)));
        assertThat(engine.load(module(1))).isNotSameAs(engine.load(module(2)));
    }

    @Test
    void forgetsTheOneThatWasNotUsedForLongest() {
        LoadedModule first = engine.load(module(1));
        LoadedModule second = engine.load(module(2));
        engine.load(module(1));
        engine.load(module(3));

        assertThat(engine.load(module(1))).isSameAs(first);
        assertThat(engine.load(module(2))).isNotSameAs(second);
    }
}
