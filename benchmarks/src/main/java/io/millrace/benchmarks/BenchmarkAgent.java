package io.millrace.benchmarks;

import io.millrace.benchmarks.latency.SlowForce;
import java.lang.instrument.Instrumentation;

/** The Java agent of this jar: changes the journal as a measurement needs it. The production code has no switches for that. */
public final class BenchmarkAgent {
    private BenchmarkAgent() {}

    /**
     * For the virtual machine.
     *
     * @param change {@code without-checks} or {@code slow-force}
     * @param instrumentation of the virtual machine
     */
    public static void premain(final String change, final Instrumentation instrumentation) {
        switch (String.valueOf(change)) {
            case "without-checks" -> WithoutChecks.install(instrumentation);
            case "slow-force" -> SlowForce.install(instrumentation);
            default -> throw new IllegalArgumentException("agent must be told without-checks or slow-force: " + change);
        }
    }
}
