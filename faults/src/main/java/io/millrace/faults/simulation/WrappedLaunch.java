package io.millrace.faults.simulation;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StateMachine;
import io.millrace.engine.internal.DisruptorEngine;
import io.millrace.journal.Journal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.UnaryOperator;

/** Launches an engine on a wrapped journal, which the engine keeps to its own package. The only reflection here. */
final class WrappedLaunch {
    private static final MethodHandle LAUNCH = find();

    private WrappedLaunch() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.privateLookupIn(DisruptorEngine.class, MethodHandles.lookup())
                    .findStatic(
                            DisruptorEngine.class,
                            "launch",
                            MethodType.methodType(
                                    Engine.class, EngineConfig.class, StateMachine.class, UnaryOperator.class));
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static Engine launch(final EngineConfig config, final StateMachine machine, final UnaryOperator<Journal> wrapper) {
        try {
            return (Engine) LAUNCH.invokeExact(config, machine, wrapper);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException("launch declares no checked exception", e);
        }
    }
}
