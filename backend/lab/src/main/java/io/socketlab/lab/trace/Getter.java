package io.socketlab.lab.trace;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Reads components of public records, as {@code Event::component} would: made as the compiler makes
 * that, for a method handle that is in no constant costs several times as much, and a trace has
 * tens of thousands of components.
 */
public final class Getter {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Getter() {}

    /** Whether {@link #number} reads it. */
    public static boolean isNumber(RecordComponent component) {
        return component.getType() == int.class || component.getType() == long.class;
    }

    /**
     * Reads an {@code int} or a {@code long} out of a record.
     *
     * @param component of a record that is public
     */
    @SuppressWarnings("unchecked") // the interface that it asks for
    public static ToLongFunction<Object> number(RecordComponent component) {
        return (ToLongFunction<Object>)
                made(component, ToLongFunction.class, "applyAsLong", long.class, long.class);
    }

    /**
     * Reads a component of any type out of a record; numbers and truths come as objects.
     *
     * @param component of a record that is public
     */
    @SuppressWarnings("unchecked") // the interface that it asks for
    public static Function<Object, Object> object(RecordComponent component) {
        Class<?> boxed = MethodType.methodType(component.getType()).wrap().returnType();
        return (Function<Object, Object>)
                made(component, Function.class, "apply", Object.class, boxed);
    }

    private static Object made(
            RecordComponent component,
            Class<?> type,
            String method,
            Class<?> erased,
            Class<?> actual) {
        try {
            MethodHandle accessor = LOOKUP.unreflect(component.getAccessor());
            CallSite site =
                    LambdaMetafactory.metafactory(
                            LOOKUP,
                            method,
                            MethodType.methodType(type),
                            MethodType.methodType(erased, Object.class),
                            accessor,
                            MethodType.methodType(actual, component.getDeclaringRecord()));
            return site.getTarget().invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("events are public: " + component, e);
        }
    }
}
