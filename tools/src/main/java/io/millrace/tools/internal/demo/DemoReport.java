package io.millrace.tools.internal.demo;

import static io.millrace.tools.internal.console.Text.duration;
import static io.millrace.tools.internal.console.Text.micros;
import static io.millrace.tools.internal.console.Text.number;
import static io.millrace.tools.internal.console.Text.perSecond;

import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.TextTable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the demo found, for people and as JSON. */
final class DemoReport {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
    private static final double NS_PER_US = TimeUnit.MICROSECONDS.toNanos(1);
    private static final double NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double ROUNDING = 1_000;

    private final PrintWriter out;
    private final JsonLine json = new JsonLine();

    DemoReport(final DemoOptions options, final Domain domain, final PrintWriter out) {
        this.out = out;
        json.put("domain", domain.name())
                .put("durability", options.durability().name())
                .put("dir", options.temporary() ? null : options.directory().toString());
    }

    JsonLine json() {
        return json;
    }

    /** The commands have run. */
    void ran(final Session session, final CommandRun run) {
        final OutcomeRecorder outcomes = run.outcomes();
        final Histogram latency = outcomes.latencyNs();
        final long commands = outcomes.answered();
        json.put("commands", commands)
                .put("accepted", outcomes.accepted())
                .put("rejected", outcomes.rejected())
                .put("events", outcomes.events())
                .put("seconds", round(run.elapsedNs() / 1e9))
                .put("cps", perSecond(commands, run.elapsedNs()))
                .put("eps", perSecond(outcomes.events(), run.elapsedNs()))
                .put("p50_us", us(latency.getValueAtPercentile(50)))
                .put("p90_us", us(latency.getValueAtPercentile(90)))
                .put("p99_us", us(latency.getValueAtPercentile(99)))
                .put("p999_us", us(latency.getValueAtPercentile(99.9)))
                .put("max_us", us(latency.getMaxValue()))
                .put("back_pressured", run.backPressured())
                .put("start_recovered_events", session.recoveredEvents())
                .put("start_recovery_ms", round(session.recoveryNs() / NS_PER_MS));
        if (commands > 0) {
            printRun(run, latency);
        }
    }

    /** The journal was closed, opened again, and replayed. */
    void recovered(final Session session, final Fingerprint live, final Fingerprint recovered) {
        json.put("recovered_events", session.recoveredEvents())
                .put("recovery_ms", round(session.recoveryNs() / NS_PER_MS))
                .put("state_identical", live.sameState(recovered))
                .put("read_models_identical", live.sameReadModels(recovered))
                .put("state_hash", String.format("%016x", recovered.stateHash()));
        if (live.sameState(recovered)) {
            say(String.format("state is identical: hash %016x", recovered.stateHash()));
        } else {
            say(String.format(
                    "STATE DIFFERS: live sequence=%d hash=%016x, recovered sequence=%d hash=%016x",
                    live.lastSequence(), live.stateHash(), recovered.lastSequence(), recovered.stateHash()));
        }
        if (live.sameReadModels(recovered)) {
            say("read models are identical: "
                    + String.join(", ", recovered.readModels().keySet()));
        } else {
            say("READ MODELS DIFFER: live " + live.readModels() + ", recovered " + recovered.readModels());
        }
    }

    private void printRun(final CommandRun run, final Histogram latency) {
        final OutcomeRecorder outcomes = run.outcomes();
        say("ran " + number(outcomes.answered()) + " commands (" + number(outcomes.rejected()) + " rejected) with "
                + number(outcomes.events()) + " events in " + duration(run.elapsedNs()) + ": "
                + number(perSecond(outcomes.answered(), run.elapsedNs())) + " commands/s, "
                + number(perSecond(outcomes.events(), run.elapsedNs())) + " events/s; the ring was full for "
                + number(run.backPressured()) + " commands");
        final TextTable table = new TextTable("Latency to acknowledgement", "percentile", "µs").right(1);
        for (final double percentile : PERCENTILES) {
            table.row(
                    String.format(Locale.ROOT, "p%s", trimmed(percentile)),
                    micros(latency.getValueAtPercentile(percentile)));
        }
        table.row("max", micros(latency.getMaxValue())).print(out);
    }

    private static String trimmed(final double percentile) {
        return percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : String.valueOf(percentile);
    }

    private static double us(final long ns) {
        return round(ns / NS_PER_US);
    }

    private static double round(final double value) {
        return Math.round(value * ROUNDING) / ROUNDING;
    }

    private void say(final String line) {
        out.println(line);
        out.flush();
    }
}
