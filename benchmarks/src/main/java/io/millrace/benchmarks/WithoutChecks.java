package io.millrace.benchmarks;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.StubMethod;

/**
 * A Java agent that takes the checks out of the journal: the CRC is always 0, the chain never moves, the watermark is not
 * stored. The production code has no switch for that; {@link ChecksCost} needs to know what they cost.
 */
public final class WithoutChecks {
    private WithoutChecks() {}

    /**
     * For the virtual machine.
     *
     * @param arguments not used
     * @param instrumentation of the virtual machine
     */
    public static void premain(final String arguments, final Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .type(named("org.agrona.checksum.Crc32c"))
                .transform((builder, type, loader, module, domain) ->
                        builder.method(named("compute")).intercept(FixedValue.value(0)))
                .type(named("io.millrace.journal.JournalFormat"))
                .transform((builder, type, loader, module, domain) ->
                        builder.method(named("nextChain")).intercept(FixedValue.argument(0)))
                .type(named("io.millrace.journal.internal.WatermarkFile"))
                .transform((builder, type, loader, module, domain) ->
                        builder.method(named("store")).intercept(StubMethod.INSTANCE))
                .installOn(instrumentation);
    }
}
