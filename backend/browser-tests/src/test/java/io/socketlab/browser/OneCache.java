package io.socketlab.browser;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The visitors of a class come one after another to the same browser, which keeps what it has
 * fetched, as the compiler, and neither cookies nor what pages have stored.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OneCache {}
