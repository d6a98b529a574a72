package io.socketlab.lab.command;

/** Where a command that lasts prints, to either stream. */
public interface Terminal {

    /**
     * @param lines each with its end
     */
    void print(String lines);

    /** It has ended. Nothing follows. */
    void exit(int status);
}
