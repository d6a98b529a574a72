package io.socketlab.server.lab;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Those of the catalogue, and those that people have written or put together. */
@Service
class AllLabs implements Labs {

    private static final Logger LOG = LoggerFactory.getLogger(AllLabs.class);

    private final LabCatalogue catalogue;
    private final NetworkStore networks;
    private final LabShelf shelf;

    AllLabs(LabCatalogue catalogue, NetworkStore networks, LabShelf shelf) {
        this.catalogue = catalogue;
        this.networks = networks;
        this.shelf = shelf;
    }

    @Override
    public Optional<Lab> find(String id) {
        if (!id.startsWith(PLAY)) return catalogue.find(id).or(() -> shelf.find(id));
        return networks.find(id.substring(PLAY.length())).flatMap(network -> lab(network, id));
    }

    @Override
    public Optional<Lab> find(String id, int revision) {
        if (catalogue.find(id).isPresent()) return find(id);
        return shelf.find(id, revision).or(() -> find(id));
    }

    @Override
    public Optional<Lab> openTo(UUID account, String id) {
        boolean everybodys = id.startsWith(PLAY) || catalogue.find(id).isPresent();
        return everybodys || shelf.isOpenTo(account, id) ? find(id) : Optional.empty();
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
