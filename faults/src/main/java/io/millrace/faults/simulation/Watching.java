package io.millrace.faults.simulation;

import static io.millrace.faults.simulation.SimulationFailure.require;

import io.millrace.engine.Engine;
import io.millrace.journal.EventView;
import io.millrace.projections.Attachment;
import io.millrace.projections.Projection;
import io.millrace.projections.ProjectionFailedException;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;

/** Projections beside an engine: one that sees everything, and one that fails at an event and must see nothing of it. */
final class Watching implements AutoCloseable {
    /** Digests what it sees. */
    private static final class Witness implements Projection {
        private final String name;
        private final long failsAt;
        private final EventDigest digest = new EventDigest();
        private long seen;

        private Witness(final String name, final long failsAt) {
            this.name = name;
            this.failsAt = failsAt;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void onEvent(final EventView event) {
            if (event.sequence() == failsAt) {
                throw new IllegalStateException("asked to", null);
            }
            digest.add(event);
            seen = event.sequence();
        }
    }

    private final Projections projections;
    private final ProjectionHandle<Witness> sound;
    private final ProjectionHandle<Witness> failing;
    private final long failsAt;

    Watching(final Engine engine, final Attachment attachment, final long failsAt) {
        this.failsAt = failsAt;
        projections = Projections.of(engine);
        sound = projections.start(new Witness("sound", -1), attachment);
        failing = projections.start(new Witness("failing", failsAt), Attachment.TAILING);
    }

    /** Each must have seen what it had to, the applied sequence never ahead of it. */
    void check(final Model model) {
        final long last = model.lastSequence();
        require(await(sound, last), "projection must follow within 10 s: %s", projections.status());
        require(
                sound.<Long>query(witness -> witness.digest.value())
                        == model.state().digest(),
                "projection must see every event once, in order, up to %d",
                last);
        if (failsAt <= last) {
            // The failure is told before the position is.
            Patience.until(
                    "failure of the projection",
                    () -> failing.failure() != null && failing.appliedSequence() >= failsAt - 1);
            require(
                    failing.appliedSequence() == failsAt - 1
                            && failing.<Long>query(witness -> witness.seen) == failsAt - 1,
                    "projection must stop before %d: applied=%d, seen=%d",
                    failsAt,
                    failing.appliedSequence(),
                    failing.<Long>query(witness -> witness.seen));
        } else {
            require(await(failing, last), "projection must follow within 10 s: %s", projections.status());
        }
    }

    private static boolean await(final ProjectionHandle<Witness> handle, final long sequence) {
        try {
            return handle.awaitSequence(sequence, Patience.LIMIT_NS);
        } catch (final ProjectionFailedException e) {
            throw new SimulationFailure(SimulationFailure.Kind.WRONG, "projection must not fail: " + causes(e), e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private static String causes(final Throwable failure) {
        final StringBuilder causes = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.append(causes.isEmpty() ? "" : " < ").append(cause);
        }
        return causes.toString();
    }

    @Override
    public void close() {
        projections.close();
    }
}
