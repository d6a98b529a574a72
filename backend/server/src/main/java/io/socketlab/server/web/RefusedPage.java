package io.socketlab.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The page that says in words why something was refused, the same wherever that was. */
@Component
public class RefusedPage {

    /**
     * Where to go from a part of the site.
     *
     * @param path of the part's first page, with which all of its pages begin
     */
    record Way(String path, String name) {}

    private static final List<Way> WAYS =
            List.of(
                    new Way("/courses", "To my courses"),
                    new Way("/author", "My labs"),
                    new Way("/runs", "To my runs"));

    private final PageModel page;

    RefusedPage(PageModel page) {
        this.page = page;
    }

    /** Answers the page's template. */
    public String show(
            HttpStatusCode status,
            @Nullable String title,
            @Nullable String reason,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        response.setStatus(status.value());
        page.addTo(model, request);
        model.addAttribute("title", title);
        model.addAttribute("reason", reason);
        WAYS.stream()
                .filter(way -> request.getRequestURI().startsWith(way.path()))
                .findFirst()
                .ifPresent(way -> model.addAttribute("way", way));
        return "refused";
    }
}
