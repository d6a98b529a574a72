package io.socketlab.server.grading;

import io.socketlab.lab.grade.Engine;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How grading goes, for people. */
@Controller
class StatusController {

    private final GradingStatistics statistics;

    StatusController(GradingStatistics statistics) {
        this.statistics = statistics;
    }

    @GetMapping("/status")
    String status(Model model) {
        model.addAttribute("grading", statistics.summary());
        model.addAttribute("engine", Engine.version());
        return "grading/status";
    }
}
