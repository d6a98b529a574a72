package io.socketlab.lab.cli;

/** The command line as a program of its own, for tests that run it from a shell. */
final class CliMain {

    private CliMain() {}

    public static void main(String[] args) {
        System.exit(new Cli().run(args, System.out, System.err));
    }
}
