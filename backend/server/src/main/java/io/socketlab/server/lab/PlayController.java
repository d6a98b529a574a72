package io.socketlab.server.lab;

import io.socketlab.server.lab.PlayNetwork.Shape;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Free play: a network of one's own, without tasks. Its address is enough to share it. */
@Controller
class PlayController {

    /** A network to begin with. */
    record Preset(String name, String what, PlayNetwork network) {}

    private static final List<Preset> PRESETS =
            List.of(
                    new Preset("Two hosts", "20 ms apart, 10 Mbit/s", PlayNetwork.USUAL),
                    new Preset(
                            "A lossy path",
                            "1 % of all packets are lost",
                            network(Shape.LINK, 1, "25ms", "10mbit", "100pkt", "1%", "")),
                    new Preset(
                            "Bufferbloat",
                            "a slow link behind a long queue",
                            network(Shape.ROUTER, 1, "20ms", "2mbit", "1000pkt", "0%", "")),
                    new Preset(
                            "A shallow queue",
                            "10 packets at a router, and Reno",
                            network(
                                    Shape.ROUTER,
                                    1,
                                    "20ms",
                                    "10mbit",
                                    "10pkt",
                                    "0%",
                                    "net.ipv4.tcp_congestion_control = reno")),
                    new Preset(
                            "Three clients",
                            "on one switch with the server",
                            network(Shape.LAN, 3, "1ms", "100mbit", "100pkt", "0%", "")),
                    new Preset(
                            "A satellite",
                            "270 ms one way, 20 Mbit/s",
                            network(Shape.LINK, 1, "270ms", "20mbit", "1000pkt", "0.1%", "")));

    private final NetworkStore networks;

    PlayController(NetworkStore networks) {
        this.networks = networks;
    }

    private static PlayNetwork network(
            Shape shape,
            int clients,
            String delay,
            String rate,
            String queue,
            String loss,
            String sysctl) {
        return new PlayNetwork(shape, clients, "linux", "linux", delay, rate, queue, loss, sysctl);
    }

    /**
     * @param preset which of the presets to begin with, from 0
     */
    @GetMapping("/play")
    String choose(@RequestParam(defaultValue = "0") int preset, Model model) {
        if (preset < 0 || preset >= PRESETS.size()) throw notFound();
        return page(PRESETS.get(preset).network(), List.of(), model);
    }

    /** Keeps the network, and goes to its address. */
    @PostMapping("/play")
    String keep(@ModelAttribute("network") PlayNetwork network, Model model) {
        List<String> problems = network.problems();
        if (problems.isEmpty()) return "redirect:/play/" + networks.keep(network);
        return page(network, problems, model);
    }

    @GetMapping("/play/{id}")
    String one(@PathVariable String id, Model model) {
        PlayNetwork network = networks.find(id).orElseThrow(PlayController::notFound);
        model.addAttribute("lab", Labs.PLAY + id);
        model.addAttribute(
                "address", ServletUriComponentsBuilder.fromCurrentRequestUri().toUriString());
        return page(network, List.of(), model);
    }

    private static String page(PlayNetwork network, List<String> problems, Model model) {
        model.addAttribute("network", network);
        model.addAttribute("problems", problems);
        model.addAttribute("presets", PRESETS);
        model.addAttribute("shapes", Shape.values());
        model.addAttribute("profiles", PlayNetwork.PROFILES);
        model.addAttribute("mostClients", PlayNetwork.MOST_CLIENTS);
        return "lab/play";
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
