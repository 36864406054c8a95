package io.millrace.faults.kill;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineFailedException;
import io.millrace.faults.agent.FailpointAction;
import io.millrace.faults.kill.AckFile.Stage;
import io.millrace.journal.JournalException;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionFailedException;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import java.util.Map;

/**
 * Main class of the child processes: launches an engine, works, closes, again and again. A watchdog sees to it that it
 * ends; its exit code says how.
 */
public final class WorkChild {
    private final WorkOptions options;
    private final AckFile acks;

    /** When the step under way must be over; each step sets it anew. */
    private volatile long deadlineNs;

    private WorkChild(final WorkOptions options) {
        this.options = options;
        acks = AckFile.map(options.acks());
    }

    /** Takes the {@link WorkOptions}. */
    public static void main(final String[] arguments) {
        final WorkChild child = new WorkChild(WorkOptions.parse(arguments));
        child.watch();
        final ChildExit exit = child.run();
        if (exit == ChildExit.DONE) {
            // Not halt: the JVM writes the archive of its classes, if it was told to, on a normal way out.
            System.exit(exit.code());
        }
        Runtime.getRuntime().halt(exit.code());
    }

    private ChildExit run() {
        acks.stage(Stage.STARTED);
        for (int opening = 0; opening < options.openings(); opening++) {
            final ChildExit exit = open();
            if (exit != ChildExit.DONE) {
                return exit;
            }
        }
        return ChildExit.DONE;
    }

    private ChildExit open() {
        allow(WorkOptions.MAX_WAIT_NS);
        final WorkMachine machine = new WorkMachine();
        final Engine engine;
        try {
            engine = Engine.launch(options.engine(), machine);
        } catch (final Throwable e) {
            return said(isTyped(e) ? ChildExit.REFUSED : ChildExit.WRONG, e);
        }
        acks.stage(Stage.OPEN);
        return workAndClose(engine, machine);
    }

    private ChildExit workAndClose(final Engine engine, final WorkMachine machine) {
        final Workload workload = new Workload(engine, machine, acks, options);
        ChildExit exit = close(engine, work(engine, workload));
        try {
            workload.awaitAnswers();
        } catch (final Workload.HungException e) {
            exit = said(ChildExit.HUNG, e);
        } catch (final IllegalStateException e) {
            exit = said(ChildExit.WRONG, e);
        }
        return exit;
    }

    /** With a projection beside it, which must have seen everything in the end; its own failure is not the engine's. */
    private ChildExit work(final Engine engine, final Workload workload) {
        final ProjectionsConfig config = new ProjectionsConfig().closeTimeoutNs(options.closeTimeoutNs());
        try (Projections projections = Projections.of(engine, config)) {
            final ProjectionHandle<WorkProjection> projection = projections.start(
                    new WorkProjection(engine.journal().firstSequence() - 1),
                    (options.seed() & 2) == 0 ? Attachment.TAILING : Attachment.RING);
            deadlineNs = Long.MAX_VALUE;
            if (!workload.run()) {
                return said(ChildExit.FAILED, engine.health().failure());
            }
            allow(WorkOptions.MAX_WAIT_NS);
            // Now and then only: a projection that is at the end may look again as late as after a second.
            if (options.patient()
                    && (options.seed() & 28) == 0
                    && projection.failure() == null
                    && !projection.awaitSequence(engine.journal().journaledSequence(), WorkOptions.MAX_WAIT_NS / 2)) {
                return said(
                        ChildExit.HUNG, new IllegalStateException("projection must get on: " + projections.status()));
            }
            return ChildExit.DONE;
        } catch (final Workload.HungException e) {
            return said(ChildExit.HUNG, e);
        } catch (final ProjectionFailedException e) {
            return ChildExit.DONE;
        } catch (final JournalException e) {
            return said(ChildExit.FAILED, e);
        } catch (final Throwable e) {
            return said(isTyped(e) ? ChildExit.FAILED : ChildExit.WRONG, e);
        }
    }

    private ChildExit close(final Engine engine, final ChildExit before) {
        acks.stage(Stage.CLOSING);
        allow(WorkOptions.MAX_WAIT_NS + options.closeTimeoutNs());
        ChildExit exit = before;
        try {
            engine.close();
        } catch (final Throwable e) {
            if (!isTyped(e)) {
                exit = said(ChildExit.WRONG, e);
            } else if (exit == ChildExit.DONE) {
                exit = said(ChildExit.FAILED, e);
            }
        }
        acks.stage(Stage.CLOSED);
        return exit;
    }

    /** What a failpoint threw where the code throws nothing by itself may come through as it is. */
    private static boolean isTyped(final Throwable e) {
        return e instanceof JournalException || e instanceof EngineFailedException || FailpointAction.threw(e);
    }

    private static ChildExit said(final ChildExit exit, final Throwable cause) {
        System.err.println(exit + ": " + cause);
        if (exit == ChildExit.WRONG && cause != null) {
            cause.printStackTrace();
            printThreads();
        }
        return exit;
    }

    private void allow(final long nanoseconds) {
        deadlineNs = System.nanoTime() + nanoseconds;
    }

    private void watch() {
        allow(WorkOptions.MAX_WAIT_NS);
        final Thread watchdog = new Thread(this::endWhenHung, "millrace-faults-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private void endWhenHung() {
        try {
            while (deadlineNs == Long.MAX_VALUE || deadlineNs - System.nanoTime() > 0) {
                Thread.sleep(50);
            }
        } catch (final InterruptedException e) {
            return;
        }
        System.err.println("hung at stage " + acks.stage());
        printThreads();
        Runtime.getRuntime().halt(ChildExit.HUNG.code());
    }

    /** The one that works with the engine, and the engine's own; only the beginning of an output is shown. */
    private static void printThreads() {
        for (final Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            final String name = thread.getKey().getName();
            if (name.equals("main") || name.startsWith("millrace-")) {
                System.err.println(thread.getKey());
                for (final StackTraceElement frame : thread.getValue()) {
                    System.err.println("    " + frame);
                }
            }
        }
    }
}
