package io.socketlab.server.web;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What follows on a form that was posted: a redirect, with a word on what came of it. */
public final class Forms {

    private Forms() {}

    /** What a form does. */
    @FunctionalInterface
    public interface Action {
        /** Answers what to say when it is done, or where to go. */
        String run();
    }

    /**
     * Does it, and goes back to {@code page}, which shows {@code done} or {@code problem}. What is
     * not there or not allowed is not a matter of the form, and is thrown on.
     */
    public static String post(String page, RedirectAttributes once, Action action) {
        return lead(
                page,
                once,
                () -> {
                    String done = action.run();
                    if (!done.isEmpty()) once.addFlashAttribute("done", done);
                    return page;
                });
    }

    /**
     * Does what answers where to go then; if it cannot be done, goes back to {@code page}, which
     * shows {@code problem}.
     */
    public static String lead(String page, RedirectAttributes once, Action action) {
        return lead(page, Map.of(), once, action);
    }

    /**
     * The same, where {@code page} gets back what was written in the form, as {@code kept}.
     *
     * @param fields by their names
     */
    public static String lead(
            String page, Map<String, String> fields, RedirectAttributes once, Action action) {
        try {
            return "redirect:" + action.run();
        } catch (ProblemException e) {
            boolean ofTheForm =
                    e.getStatusCode().isSameCodeAs(HttpStatus.BAD_REQUEST)
                            || e.getStatusCode().isSameCodeAs(HttpStatus.CONFLICT)
                            || e.getStatusCode().isSameCodeAs(HttpStatus.UNPROCESSABLE_CONTENT);
            if (!ofTheForm) throw e;
            once.addFlashAttribute("problem", e.getBody().getDetail());
            once.addFlashAttribute("kept", fields);
        }
        return "redirect:" + page;
    }
}
