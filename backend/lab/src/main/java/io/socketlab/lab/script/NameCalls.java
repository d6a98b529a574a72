package io.socketlab.lab.script;

import static io.socketlab.lab.script.CallInfo.call;

import io.socketlab.kernel.libc.AddrInfoError;
import io.socketlab.kernel.libc.GetHostByName.Failure;
import java.util.List;

/** The functions of the C library that look for names. */
final class NameCalls {

    private static final String ASK =
            "Look at the file /etc/resolv.conf of this host, and whether the server answers.";
    private static final String NAME = "Check the name.";

    private static final CallInfo GETADDRINFO =
            call(
                            "int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **res)",
                            "Finds the addresses of a host and the port of a service.")
                    .forms(
                            "getaddrinfo(node, service)",
                            "getaddrinfo(node, service, hints)",
                            "getaddrinfo(node, service, hints, res)")
                    .example(
                            "getaddrinfo(\"www.example.com\", \"http\", {ai_socktype=SOCK_STREAM})")
                    .parameter(
                            "node",
                            "A name or an address in numbers; NULL for this host. What it finds can be written by its name afterwards: connect(3, www.example.com:80).")
                    .parameter("service", "A name of /etc/services or a port; NULL for port 0.")
                    .parameter(
                            "hints",
                            "What to look for: {ai_flags=AI_PASSIVE, ai_family=AF_INET, ai_socktype=SOCK_STREAM}, or NULL.",
                            Constants.ADDRESS_FLAG)
                    .parameter("res", "[10.0.0.2:80] is compared with what is found; or ...")
                    .returns("0, and a list of addresses. One of the numbers EAI_… on error.")
                    .error(AddrInfoError.EAI_NONAME, "There is no such name.", NAME)
                    .error(
                            AddrInfoError.EAI_AGAIN,
                            "No name server answered in time, or it could not find out.",
                            ASK)
                    .error(AddrInfoError.EAI_NODATA, "The name is there, but has no address.", NAME)
                    .error(
                            AddrInfoError.EAI_SERVICE,
                            "There is no such service for this type of socket.",
                            "Use a port, or a name of /etc/services.")
                    .error(
                            AddrInfoError.EAI_SOCKTYPE,
                            "ai_socktype and ai_protocol do not go together.",
                            "Leave ai_protocol out.")
                    .error(AddrInfoError.EAI_FAMILY, "ai_family is no family.", "Use AF_INET.")
                    .error(
                            AddrInfoError.EAI_ADDRFAMILY,
                            "The address is of another family than ai_family.",
                            "Use AF_INET, or leave it out.")
                    .error(
                            AddrInfoError.EAI_BADFLAGS,
                            "A flag is unknown, or AI_CANONNAME stands without a name.",
                            "Leave it out.")
                    .error(
                            AddrInfoError.EAI_FAIL,
                            "The name server refused for good.",
                            "Ask another one.")
                    .page("getaddrinfo(3)");

    private static final CallInfo GETHOSTBYNAME =
            call(
                            "struct hostent *gethostbyname(const char *name)",
                            "Finds the IPv4 addresses of a host; getaddrinfo() does more.")
                    .forms("gethostbyname(name)")
                    .example("gethostbyname(\"www.example.com\")")
                    .parameter("name", "A name or an address in numbers.")
                    .returns("0 here for a pointer to the addresses. -1 on error, for NULL.")
                    .error(Failure.HOST_NOT_FOUND, "There is no such name.", NAME)
                    .error(
                            Failure.TRY_AGAIN,
                            "No name server answered in time, or it could not find out.",
                            ASK)
                    .error(Failure.NO_DATA, "The name is there, but has no address.", NAME)
                    .error(
                            Failure.NO_RECOVERY,
                            "The name server refused for good.",
                            "Ask another one.")
                    .page("gethostbyname(3)");

    static final List<CallInfo> CALLS = List.of(GETADDRINFO, GETHOSTBYNAME);

    private NameCalls() {}
}
