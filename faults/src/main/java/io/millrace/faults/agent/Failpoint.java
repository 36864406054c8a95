package io.millrace.faults.agent;

/**
 * What the instrumented code calls. Armed by {@code -Dmillrace.failpoint=NAME:OCCURRENCE:ACTION}, or
 * {@code NAME:OCCURRENCE:sleep=MILLISECONDS}: the action is done when the failpoint is passed for that time, counted from
 * 1 in this process, and once only, but {@code OCCURRENCE+} means from then on always.
 */
public final class Failpoint {
    /** The property that arms one. */
    public static final String PROPERTY = "millrace.failpoint";

    private static final FailpointCounts COUNTS = FailpointCounts.ofThisProcess();
    private static final Armed ARMED = Armed.parse(System.getProperty(PROPERTY));

    /** The counts of a file go on over processes, occurrences do not. */
    private static long armedPasses;

    private Failpoint() {}

    private record Armed(int failpoint, long occurrence, boolean onwards, FailpointAction action, long sleepMs) {
        private static final Armed NONE = new Armed(-1, 0, false, FailpointAction.SLEEP, 0);

        private static Armed parse(final String text) {
            if (text == null || text.isEmpty()) {
                return NONE;
            }
            final String[] parts = text.split(":", 3);
            final String[] action = parts[2].split("=", 2);
            final boolean onwards = parts[1].endsWith("+");
            return new Armed(
                    FailpointTable.indexOf(parts[0]),
                    Long.parseLong(onwards ? parts[1].substring(0, parts[1].length() - 1) : parts[1]),
                    onwards,
                    FailpointAction.named(action[0]),
                    action.length > 1 ? Long.parseLong(action[1]) : 0);
        }

        private boolean isDue(final long pass) {
            return pass == occurrence || onwards && pass > occurrence;
        }
    }

    /** Called at each place by the index of its entry in the table. */
    public static void hit(final int failpoint) {
        COUNTS.passed(failpoint);
        if (failpoint == ARMED.failpoint && ARMED.isDue(nextPass())) {
            COUNTS.acted(failpoint);
            ARMED.action.act(FailpointTable.SITES.get(failpoint).name(), ARMED.sleepMs);
        }
    }

    private static synchronized long nextPass() {
        return ++armedPasses;
    }
}
