package io.socketlab.server.account;

/** Where to go after signing in: a page of ours and of nobody else's. */
final class Next {

    private Next() {}

    /** {@code path} if it is one of this site, else the front page. */
    static String safe(String path) {
        boolean ours =
                path.startsWith("/")
                        && !path.startsWith("//")
                        && path.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '\\');
        return ours ? path : "/";
    }
}
