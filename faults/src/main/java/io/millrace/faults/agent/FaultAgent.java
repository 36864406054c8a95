package io.millrace.faults.agent;

import java.lang.instrument.Instrumentation;
import java.util.Locale;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;

/**
 * The java agent. System properties say what it puts in: {@code millrace.failpoint} or {@code millrace.failpoint.counts}
 * the failpoints, {@code millrace.plantedBug} a planted bug. Without them it does nothing.
 */
public final class FaultAgent {
    /** Names the planted bug. */
    public static final String BUG_PROPERTY = "millrace.plantedBug";

    /** Said by a process whose bug could not be planted. */
    public static final int NOT_PLANTED = 70;

    private FaultAgent() {}

    /**
     * Called by the JVM before the main class.
     *
     * @param arguments not used
     * @param instrumentation takes the transformers
     */
    public static void premain(final String arguments, final Instrumentation instrumentation) {
        final String bug = System.getProperty(BUG_PROPERTY);
        if (bug != null) {
            plant(PlantedBug.valueOf(bug.toUpperCase(Locale.ROOT).replace('-', '_')), instrumentation);
        }
        if (System.getProperty(Failpoint.PROPERTY) != null || FailpointCounts.isWatched()) {
            instrumentation.addTransformer(new FailpointInstrumentation());
        }
    }

    private static void plant(final PlantedBug bug, final Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(new Witness(bug))
                .ignore(ElementMatchers.none())
                .type(ElementMatchers.named(bug.className()))
                .transform((type, description, loader, module, domain) ->
                        bug.kind().plant(type, bug))
                .installOn(instrumentation);
    }

    /** A bug that is not there would pass for one that nobody caught. */
    private static final class Witness extends AgentBuilder.Listener.Adapter {
        private final PlantedBug bug;

        private Witness(final PlantedBug bug) {
            this.bug = bug;
        }

        @Override
        public void onTransformation(
                final TypeDescription type,
                final ClassLoader loader,
                final JavaModule module,
                final boolean loaded,
                final DynamicType dynamicType) {
            System.err.println("planted bug: " + bug + " in " + type.getName());
        }

        @Override
        public void onError(
                final String typeName,
                final ClassLoader loader,
                final JavaModule module,
                final boolean loaded,
                final Throwable e) {
            if (typeName.equals(bug.className())) {
                System.err.println("bug must be plantable: " + bug + ": " + e);
                Runtime.getRuntime().halt(NOT_PLANTED);
            }
        }
    }
}
