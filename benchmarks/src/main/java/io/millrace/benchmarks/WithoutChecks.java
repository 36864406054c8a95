package io.millrace.benchmarks;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Takes the checks out of the journal: while {@link #off} is set the CRC and the chain are always 0,
 * and the watermark is not stored. The production code has no switch for that; {@link ChecksCost} needs to know what they
 * cost.
 */
public final class WithoutChecks {
    /** Whether the checks are out. Read once or twice for each commit; public because it is read from within them. */
    public static volatile boolean off;

    private WithoutChecks() {}

    /** By {@link BenchmarkAgent}. */
    static void install(final Instrumentation instrumentation) {
        final AgentBuilder.Transformer.ForAdvice skip =
                new AgentBuilder.Transformer.ForAdvice().include(WithoutChecks.class.getClassLoader());
        final String advice = SkippedWhenOff.class.getName();
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .type(named("org.agrona.checksum.Crc32c"))
                .transform(skip.advice(named("compute"), advice))
                .type(named("io.millrace.journal.JournalFormat"))
                .transform(skip.advice(named("nextChain"), advice))
                .type(named("io.millrace.journal.internal.WatermarkFile"))
                .transform(skip.advice(named("store"), advice))
                .installOn(instrumentation);
    }

    /** Goes where the code of each of them begins; what is skipped returns 0. */
    static final class SkippedWhenOff {
        private SkippedWhenOff() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return off;
        }
    }
}
