package io.millrace.benchmarks.latency;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Makes each force of the journal's files take longer, as a disk that stalls does. The production code
 * has no switch for that.
 */
public final class SlowForce {
    /** How much longer. Read once for each force; public because it is read from within it. */
    public static volatile long delayNs;

    private static volatile boolean installed;

    private SlowForce() {}

    /** By the agent of this jar, {@link io.millrace.benchmarks.BenchmarkAgent}. */
    public static void install(final Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .type(named("io.millrace.journal.internal.CycleFiles"))
                .transform(new AgentBuilder.Transformer.ForAdvice()
                        .include(SlowForce.class.getClassLoader())
                        .advice(named("force").and(takesNoArguments()), Delayed.class.getName()))
                .installOn(instrumentation);
        installed = true;
    }

    static void requireInstalled() {
        if (!installed) {
            throw new IllegalStateException(
                    "forces can only be slowed down by the agent: -javaagent:benchmarks.jar=slow-force");
        }
    }

    /** Goes where the force begins. */
    static final class Delayed {
        private Delayed() {}

        @Advice.OnMethodEnter
        static void enter() throws InterruptedException {
            final long delay = delayNs;
            if (delay > 0) {
                Thread.sleep(delay / 1_000_000);
            }
        }
    }
}
