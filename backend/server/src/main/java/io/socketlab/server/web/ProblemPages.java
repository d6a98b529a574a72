package io.socketlab.server.web;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** What the types of problems mean: where their addresses lead. */
@Controller
class ProblemPages {

    @GetMapping("/problems")
    String all(Model model) {
        model.addAttribute("types", ProblemType.all());
        return "problems";
    }

    @GetMapping("/problems/{name}")
    String one(@PathVariable String name, Model model) {
        List<ProblemType> types =
                ProblemType.all().stream().filter(type -> type.name().equals(name)).toList();
        if (types.isEmpty()) throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        model.addAttribute("types", types);
        return "problems";
    }
}
