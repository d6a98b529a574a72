package io.socketlab.server.lab;

import io.socketlab.sandbox.sysroot.Sysroot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a compiler elsewhere, in a browser above all, needs to make programs that run here. */
@RestController
@RequestMapping(path = "/api/v1/sysroot", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Programs")
class SysrootApi {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final SysrootView view;

    SysrootApi() {
        Sysroot sysroot = Sysroot.load();
        this.view = new SysrootView(sysroot.compile(), sysroot.link(), sysroot.files());
    }

    /**
     * @param compile flags of a compilation by clang
     * @param link flags of the linking
     * @param files by path, in base64
     */
    record SysrootView(List<String> compile, List<String> link, Map<String, byte[]> files) {
        SysrootView {
            compile = List.copyOf(compile);
            link = List.copyOf(link);
            files = Map.copyOf(files);
        }
    }

    @GetMapping
    @Operation(operationId = "getSysroot", summary = "Headers, library and flags for C programs")
    ResponseEntity<SysrootView> sysroot() {
        return ResponseEntity.ok().cacheControl(CacheControl.maxAge(AN_HOUR)).body(view);
    }
}
