package io.socketlab.server.grading;

import io.socketlab.lab.grade.Engine;
import io.socketlab.server.compile.Compilers;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How grading goes, for people. */
@Controller
class StatusController {

    private final GradingStatistics statistics;
    private final Compilers compilers;

    StatusController(GradingStatistics statistics, Compilers compilers) {
        this.statistics = statistics;
        this.compilers = compilers;
    }

    @GetMapping("/status")
    String status(Model model) {
        model.addAttribute("grading", statistics.summary());
        model.addAttribute("engine", Engine.version());
        model.addAttribute("compiler", compilers.name().orElse(""));
        return "grading/status";
    }
}
