package io.socketlab.server.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/**
 * Sends images that people have brought. An SVG is a document that can have scripts: wherever it is
 * opened it is in a sandbox of its own, in which nothing runs and nothing is loaded.
 */
public final class Images {

    private static final String NOTHING =
            "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    private Images() {}

    /**
     * @param mediaType by the name that it has, never by what is in it
     * @param seconds how long a browser may keep it; 0 for what can change at any time
     */
    public static void send(
            HttpServletResponse response, String mediaType, byte[] octets, int seconds)
            throws IOException {
        response.setContentType(mediaType);
        response.setHeader("Content-Security-Policy", NOTHING);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                seconds == 0 ? "private, no-store" : "private, max-age=" + seconds);
        response.setContentLength(octets.length);
        response.getOutputStream().write(octets);
    }
}
