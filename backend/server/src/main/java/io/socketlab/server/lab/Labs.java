package io.socketlab.server.lab;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Whatever runs can be made of: the labs of the catalogue, and the networks to play on. */
@Service
public class Labs {

    /** What the ids of networks to play on begin with, where they stand for labs. */
    static final String PLAY = "play-";

    private final LabCatalogue catalogue;
    private final NetworkStore networks;

    Labs(LabCatalogue catalogue, NetworkStore networks) {
        this.catalogue = catalogue;
        this.networks = networks;
    }

    public Optional<Lab> find(String id) {
        if (!id.startsWith(PLAY)) return catalogue.find(id);
        return networks.find(id.substring(PLAY.length())).map(network -> network.lab(id));
    }
}
