package io.millrace.engine.internal;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StateMachine;

/** Being built. */
public final class DisruptorEngine {
    private DisruptorEngine() {}

    /** Launches. */
    public static Engine launch(final EngineConfig config, final StateMachine machine) {
        throw new IllegalStateException("being built");
    }
}
