package io.socketlab.server.lab;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Those of the catalogue, and those that people have put together. */
@Service
class AllLabs implements Labs {

    private final LabCatalogue catalogue;
    private final NetworkStore networks;

    AllLabs(LabCatalogue catalogue, NetworkStore networks) {
        this.catalogue = catalogue;
        this.networks = networks;
    }

    @Override
    public Optional<Lab> find(String id) {
        if (!id.startsWith(PLAY)) return catalogue.find(id);
        return networks.find(id.substring(PLAY.length())).map(network -> network.lab(id));
    }
}
