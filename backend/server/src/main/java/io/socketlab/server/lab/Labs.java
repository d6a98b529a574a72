package io.socketlab.server.lab;

import io.socketlab.lab.model.Lab;
import java.util.Optional;

/** Whatever runs can be made of: the labs of the catalogue, and the networks to play on. */
@FunctionalInterface
public interface Labs {

    /** What the ids of networks to play on begin with, where they stand for labs. */
    String PLAY = "play-";

    Optional<Lab> find(String id);
}
