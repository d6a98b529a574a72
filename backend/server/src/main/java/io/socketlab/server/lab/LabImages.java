package io.socketlab.server.lab;

import io.socketlab.lab.model.ImageType;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.statement.Statement;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Images;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The images beside a lab's statement. */
@Controller
public class LabImages {

    /** A revision does not change; a lab of the catalogue may, when the server is renewed. */
    private static final int SECONDS = 3600;

    private final Labs labs;
    private final LabShelf shelf;

    LabImages(Labs labs, LabShelf shelf) {
        this.labs = labs;
        this.shelf = shelf;
    }

    /** A lab's statement with a seed's parameters and the lab's images: safe HTML, or nothing. */
    public static String statement(Lab lab, long seed) {
        String images = "/labs/" + lab.id() + "/images/" + lab.revision();
        return Statement.of(lab, "en").map(s -> s.html(lab.parameters(seed), images)).orElse("");
    }

    @GetMapping({
        "/labs/{id}/images/{revision}/{file}",
        "/labs/{id}/images/{revision}/{folder}/{file}"
    })
    void image(
            @PathVariable String id,
            @PathVariable int revision,
            @PathVariable Optional<String> folder,
            @PathVariable String file,
            @AuthenticationPrincipal @Nullable SignedIn me,
            HttpServletResponse response)
            throws IOException {
        String path = folder.map(f -> f + "/").orElse("") + file;
        ImageType type = ImageType.of(path).orElseThrow(LabImages::notFound);
        byte[] octets =
                lab(id, revision, me)
                        .flatMap(lab -> lab.files().image(path))
                        .orElseThrow(LabImages::notFound);
        Images.send(response, type.mediaType(), octets, SECONDS);
    }

    /** What nobody has published yet is its author's alone. */
    private Optional<Lab> lab(String id, int revision, @Nullable SignedIn me) {
        if (!id.startsWith(Labs.DRAFT)) return labs.find(id, revision);
        return me != null && shelf.isOpenTo(me.id(), id)
                ? labs.find(id, revision)
                : Optional.empty();
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
