package io.millrace.tools.internal.stress;

import static io.millrace.tools.internal.console.Text.duration;
import static io.millrace.tools.internal.console.Text.number;
import static io.millrace.tools.internal.console.Text.perSecond;

import io.millrace.engine.Engine;
import io.millrace.tools.internal.console.JsonLine;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.TextTable;
import io.millrace.tools.internal.console.ToolException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The kills, then a run to the end in this process, then a last recovery. Throws when a check fails. */
final class Stress {
    private final StressOptions options;
    private final PrintWriter out;
    private final boolean printJson;
    private final JsonLine json = new JsonLine();

    Stress(final StressOptions options, final PrintWriter out, final boolean printJson) {
        this.options = options;
        this.out = out;
        this.printJson = printJson;
    }

    void run() throws InterruptedException {
        if (Files.exists(options.ackFile()) || Files.exists(options.journalDirectory())) {
            throw new ToolException("--dir must hold no earlier run: " + options.directory());
        }
        say("millrace stress: " + number(options.commands()) + " commands from " + options.producers()
                + " producers, ring of " + options.ringSize() + ", " + options.layout() + ", " + options.durability()
                + ", in " + options.directory());
        json.put("producers", options.producers())
                .put("durability", options.durability().name())
                .put("layout", options.layout().name());
        final AckFile acks = AckFile.map(options.ackFile(), options.producers());
        if (options.kills() > 0) {
            killAndRecover(acks);
        }
        recover(runToTheEnd(acks));
        if (printJson) {
            json.print(out);
        }
    }

    private void killAndRecover(final AckFile acks) throws InterruptedException {
        say("killing " + options.kills() + " processes, --seed " + options.seed());
        final List<KillRounds.Round> rounds;
        try (Progress progress = new Progress("killing", "processes", options.kills())) {
            rounds = new KillRounds(options, acks).run(progress);
        }
        final TextTable table =
                new TextTable("Kills", "round", "acknowledged", "recovered", "not acknowledged", "recovery").right(4);
        for (final KillRounds.Round round : rounds) {
            table.row(
                    round.number(),
                    round.acknowledged(),
                    round.recovered(),
                    round.recovered() - round.acknowledged(),
                    duration(round.recoveryNs()));
        }
        table.print(out);
        say("");
        say("every acknowledged command was recovered after each of " + number(rounds.size()) + " kills");
        final KillRounds.Round last = rounds.get(rounds.size() - 1);
        json.put("seed", options.seed())
                .put("kills", rounds.size())
                .put("acknowledged_before_kills", last.acknowledged())
                .put("recovered_after_kills", last.recovered());
    }

    /** Returns the hash of the state at the end. */
    private long runToTheEnd(final AckFile acks) {
        try (Engine engine = Engine.launch(options.engineConfig(), options.newMachine());
                Progress progress = new Progress("running", "commands", options.commands())) {
            final StressRun run = new StressRun(options, engine, acks);
            run.run(progress);
            say(number(run.answered()) + " commands in " + duration(run.elapsedNs()) + ": "
                    + number(perSecond(run.answered(), run.elapsedNs()))
                    + " commands/s, each answered once and in order; " + number(run.backPressured())
                    + " offers met a full ring");
            json.put("commands", run.answered())
                    .put("cps", perSecond(run.answered(), run.elapsedNs()))
                    .put("back_pressured", run.backPressured())
                    .put("exactly_once", true)
                    .put("in_order", true);
            return engine.stateHash().join();
        }
    }

    private void recover(final long liveHash) {
        final long startNs = System.nanoTime();
        try (Engine engine = Engine.launch(options.engineConfig(), options.newMachine())) {
            final long elapsedNs = System.nanoTime() - startNs;
            final long recoveredHash = engine.stateHash().join();
            if (recoveredHash != liveHash) {
                throw new ToolException(String.format(
                        "recovered state must be identical: live hash=%016x, recovered hash=%016x",
                        liveHash, recoveredHash));
            }
            say("recovered " + number(engine.recoveredEvents()) + " events in " + duration(elapsedNs)
                    + ", state is identical");
            json.put("recovered_events", engine.recoveredEvents())
                    .put("recovery_ms", TimeUnit.NANOSECONDS.toMillis(elapsedNs))
                    .put("state_identical", true);
        }
    }

    private void say(final String line) {
        out.println(line);
        out.flush();
    }
}
