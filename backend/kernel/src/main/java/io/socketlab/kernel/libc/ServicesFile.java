package io.socketlab.kernel.libc;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** {@code /etc/services}: names for ports. services(5). */
public final class ServicesFile {

    public static final String PATH = "/etc/services";

    /** The services that a course speaks of, with the ports that IANA has given them. */
    public static final String USUAL =
            """
            echo            7/tcp
            echo            7/udp
            discard         9/tcp           sink null
            discard         9/udp           sink null
            daytime         13/tcp
            daytime         13/udp
            chargen         19/tcp          ttytst source
            chargen         19/udp          ttytst source
            ftp-data        20/tcp
            ftp             21/tcp
            ssh             22/tcp
            telnet          23/tcp
            smtp            25/tcp          mail
            time            37/tcp          timserver
            time            37/udp          timserver
            domain          53/tcp
            domain          53/udp
            tftp            69/udp
            finger          79/tcp
            http            80/tcp          www
            pop3            110/tcp         pop-3
            ntp             123/udp
            imap2           143/tcp         imap
            snmp            161/udp
            https           443/tcp
            https           443/udp
            syslog          514/udp
            domain-s        853/tcp
            domain-s        853/udp
            http-alt        8080/tcp        webcache
            """;

    private ServicesFile() {}

    /**
     * The port of a service; empty if there is no such.
     *
     * @param protocol {@code tcp} or {@code udp}
     */
    static OptionalInt find(String contents, String service, String protocol) {
        for (String line : contents.split("\n", -1)) {
            List<String> words =
                    Arrays.asList(line.replaceFirst("#.*", "").strip().split("\\s+", -1));
            if (words.size() < 2 || !words.get(1).matches("[0-9]{1,5}/" + protocol)) continue;
            if (!words.getFirst().equals(service)
                    && !words.subList(2, words.size()).contains(service)) {
                continue;
            }
            return OptionalInt.of(Integer.parseInt(words.get(1).replaceFirst("/.*", "")));
        }
        return OptionalInt.empty();
    }
}
