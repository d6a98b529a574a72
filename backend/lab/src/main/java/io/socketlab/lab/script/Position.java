package io.socketlab.lab.script;

/** A place in a text; both count from 1, columns in UTF-16 units. */
public record Position(int line, int column) {

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
