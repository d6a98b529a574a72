package io.socketlab.lab.model;

import java.util.ArrayList;
import java.util.List;

/** Where hosts are named before all of them are known: checked when they are. */
final class HostMentions {

    private final List<Element> elements = new ArrayList<>();

    /** The name that stands there. */
    String add(Element element) {
        elements.add(element);
        return element.text("a host's name");
    }

    void check(CableReader hosts) {
        elements.forEach(hosts::host);
    }
}
