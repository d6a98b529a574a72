package io.socketlab.server.lab;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Those of the catalogue, and those that people have put together. */
@Service
class AllLabs implements Labs {

    private static final Logger LOG = LoggerFactory.getLogger(AllLabs.class);

    private final LabCatalogue catalogue;
    private final NetworkStore networks;

    AllLabs(LabCatalogue catalogue, NetworkStore networks) {
        this.catalogue = catalogue;
        this.networks = networks;
    }

    @Override
    public Optional<Lab> find(String id) {
        if (!id.startsWith(PLAY)) return catalogue.find(id);
        return networks.find(id.substring(PLAY.length())).flatMap(network -> lab(network, id));
    }

    /** Settings that a later version takes no more are a network that is not there any more. */
    private static Optional<Lab> lab(PlayNetwork network, String id) {
        try {
            return Optional.of(network.lab(id));
        } catch (LabException e) {
            LOG.warn("network {} cannot be made: {}", id, e.getMessage());
            return Optional.empty();
        }
    }
}
