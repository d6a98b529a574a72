package io.socketlab.server;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** The whole server on a free port, with a database of its own in memory; one for all tests. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:server;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "socketlab.rates.arrive=10000",
            "socketlab.rates.sign-in=10000",
            "socketlab.rates.grade=10000",
            "socketlab.rates.submit=10000",
            "socketlab.rates.api=1000000",
            // the same on every machine; CompilerTest is of the compiler
            "socketlab.compiler=off"
        })
public @interface ServerTest {}
