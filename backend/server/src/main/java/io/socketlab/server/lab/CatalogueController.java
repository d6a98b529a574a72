package io.socketlab.server.lab;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The labs, and what each is about. */
@Controller
class CatalogueController {

    /** The parameters that a statement is shown with before there is a run. */
    private static final long EXAMPLE_SEED = 1;

    private static final double MINUTES_AN_HOUR = 60;

    private final LabCatalogue labs;
    private final LabShelf shelf;
    private final ObjectProvider<Standing> standing;

    CatalogueController(LabCatalogue labs, LabShelf shelf, ObjectProvider<Standing> standing) {
        this.labs = labs;
        this.shelf = shelf;
        this.standing = standing;
    }

    /**
     * A lab in the list.
     *
     * @param standing absent if nobody is signed in or it is untouched
     */
    record Card(
            String id,
            String title,
            String objective,
            List<String> topics,
            int level,
            int minutes,
            Standing.@Nullable OfLab standing) {}

    @GetMapping("/")
    String catalogue(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        Map<String, Standing.OfLab> standings = standings(me);
        model.addAttribute(
                "labs",
                labs.all().stream().map(lab -> card(lab, standings.get(lab.id()))).toList());
        List<Lab> mine = me == null ? List.of() : shelf.publishedBy(me.id());
        model.addAttribute(
                "mine", mine.stream().map(lab -> card(lab, standings.get(lab.id()))).toList());
        return "lab/catalogue";
    }

    @GetMapping("/map")
    String map(@AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        CourseMap map = CourseMap.of(labs.all());
        model.addAttribute("map", map);
        model.addAttribute("hours", Math.round(map.minutes() / MINUTES_AN_HOUR));
        var standings = new HashMap<String, String>();
        standings(me).forEach((id, s) -> standings.put(id, s.complete() ? "complete" : "begun"));
        model.addAttribute("standings", standings);
        return "lab/map";
    }

    @GetMapping("/labs/{id}")
    String lab(
            @PathVariable String id, @AuthenticationPrincipal @Nullable SignedIn me, Model model) {
        if (id.startsWith(Labs.PLAY)) return "redirect:/play/" + id.substring(Labs.PLAY.length());
        if (id.startsWith(Labs.DRAFT)) return "redirect:/author/trials/" + id;
        Lab lab =
                labs.find(id)
                        .or(() -> shelf.find(id))
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("lab", card(lab, standings(me).get(id)));
        model.addAttribute(
                "objectives", lab.about().objectives().stream().map(o -> o.text()).toList());
        model.addAttribute("statement", LabImages.statement(lab, EXAMPLE_SEED));
        model.addAttribute("points", lab.maxScore());
        return "lab/lab";
    }

    private Map<String, Standing.OfLab> standings(@Nullable SignedIn me) {
        Standing known = standing.getIfAvailable();
        return me == null || known == null ? Map.of() : known.of(me.id());
    }

    private static Card card(Lab lab, Standing.@Nullable OfLab standing) {
        Optional<String> objective =
                lab.about().objectives().stream().map(o -> o.text()).findFirst();
        return new Card(
                lab.id(),
                lab.title().text(),
                objective.orElse(""),
                lab.about().topics(),
                lab.about().level(),
                lab.about().minutes(),
                standing);
    }
}
