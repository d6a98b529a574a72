package io.socketlab.server.web;

import io.socketlab.server.account.Scope;
import io.socketlab.server.account.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * Programs may do what their token is good for; people, with their session, all that they may. A
 * token that is bound to a course is good for addresses below which there is something of courses;
 * whether what is asked for is of this one is looked at where it is found.
 */
@Component
final class TokenScopes implements AuthorizationManager<RequestAuthorizationContext> {

    private static final String PROGRAM = "ROLE_PROGRAM";
    private static final String SCOPE = "SCOPE_";

    private static final Pattern OF_COURSES =
            Pattern.compile(
                    "/api/v1/((courses|attempts|runs|jobs|batches)(/.*)?|labs/[^/]+/grade)");

    static List<GrantedAuthority> authorities(Set<Scope> scopes) {
        var authorities =
                new ArrayList<GrantedAuthority>(
                        scopes.stream()
                                .sorted()
                                .map(scope -> new SimpleGrantedAuthority(SCOPE + scope.word()))
                                .toList());
        authorities.add(new SimpleGrantedAuthority(PROGRAM));
        return authorities;
    }

    /** What a request needs a token to be good for. */
    static Scope needed(HttpServletRequest request) {
        // decoded, as that by which a controller is found
        String path = request.getServletPath();
        boolean looks =
                HttpMethod.GET.matches(request.getMethod())
                        || HttpMethod.HEAD.matches(request.getMethod());
        boolean ofAuthors =
                !looks && (path.startsWith("/api/v1/drafts") || path.startsWith("/api/v1/courses"));
        if (ofAuthors || path.endsWith("/verify") || path.startsWith("/api/v1/webhooks")) {
            return Scope.AUTHOR;
        }
        return looks ? Scope.READ : Scope.GRADE;
    }

    /**
     * Whether an address can lead to something of a course. What is an account's, as its drafts,
     * programs and webhooks, is no course's; making, copying and joining courses leads out of one.
     */
    static boolean isOfCourses(HttpServletRequest request) {
        String path = request.getServletPath();
        boolean posts = HttpMethod.POST.matches(request.getMethod());
        boolean leadsOut = posts && path.matches("/api/v1/courses(/[^/]*/copies)?/*");
        return !leadsOut && OF_COURSES.matcher(path).matches();
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
        Authentication authentication = who.get();
        boolean granted =
                authentication != null
                        && authentication.isAuthenticated()
                        && mayAsk(authentication.getAuthorities(), needed(context.getRequest()))
                        && isInReach(authentication.getPrincipal(), context.getRequest());
        return new AuthorizationDecision(granted);
    }

    private static boolean isInReach(@Nullable Object who, HttpServletRequest request) {
        boolean bound = who instanceof SignedIn me && me.boundTo().isPresent();
        return !bound || isOfCourses(request);
    }

    private static boolean mayAsk(
            Collection<? extends GrantedAuthority> authorities, Scope needed) {
        List<String> names =
                authorities.stream().map(a -> String.valueOf(a.getAuthority())).toList();
        if (names.contains(PROGRAM)) return names.contains(SCOPE + needed.word());
        return names.contains("ROLE_USER") || names.contains("ROLE_GUEST");
    }

    /** Whether whoever asks has a token, which is not good for it. */
    static boolean isTooNarrow(@Nullable Authentication authentication) {
        return authentication != null
                && authentication.getAuthorities().stream()
                        .anyMatch(a -> PROGRAM.equals(a.getAuthority()));
    }
}
