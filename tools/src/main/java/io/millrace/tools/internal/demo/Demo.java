package io.millrace.tools.internal.demo;

import static io.millrace.tools.internal.console.Text.duration;
import static io.millrace.tools.internal.console.Text.number;
import static io.millrace.tools.internal.console.Text.perSecond;

import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.ToolException;
import io.millrace.tools.internal.console.WorkDirectory;
import java.io.PrintWriter;
import java.util.Locale;

/** Recover, run, show, close, recover again, compare. */
final class Demo {
    private final DemoOptions options;
    private final Domain domain;
    private final PrintWriter out;
    private final DemoReport report;

    Demo(final DemoOptions options, final Domain domain, final PrintWriter out) {
        this.options = options;
        this.domain = domain;
        this.out = out;
        report = new DemoReport(options, domain, out);
    }

    /** True when the recovered state and read models are the same. */
    boolean run() throws InterruptedException {
        say("millrace demo: " + domain.name() + ", journal in " + options.directory()
                + (options.temporary() ? " (temporary)" : "") + ", acknowledged when "
                + options.durability().name().toLowerCase(Locale.ROOT));
        final Fingerprint live;
        try (AckLog ackLog = options.ackLog() == null ? null : AckLog.open(options.ackLog())) {
            live = runLive(ackLog);
        }
        final boolean identical = verify(live);
        if (options.json()) {
            report.json().print(out);
        }
        return identical;
    }

    private Fingerprint runLive(final AckLog ackLog) throws InterruptedException {
        try (Session session = Session.open(domain, options.directory(), options.ringSize())) {
            final long recorded = session.recorded();
            sayRecovered(session, recorded);
            checkAcknowledged(session, ackLog);
            final CommandSource source = domain.commandsBehind(recorded);
            if (source.remaining() == 0) {
                say("all " + domain.unit() + " are recorded already; verifying");
            } else {
                warmUp();
                prepare(session, recorded, source, ackLog);
            }
            final CommandRun run = new CommandRun(session, domain, options, source, options.maxCommands(), ackLog);
            runCommands(run);
            final Fingerprint fingerprint = session.fingerprint();
            report.ran(session, run);
            session.tables().forEach(table -> table.print(out));
            return fingerprint;
        }
    }

    private void runCommands(final CommandRun run) {
        try (Progress progress = new Progress("running", domain.unit(), run.commands())) {
            run.run(progress);
        }
    }

    private void prepare(final Session session, final long recorded, final CommandSource source, final AckLog ackLog) {
        final long commands = domain.preparingCommands() - recorded;
        if (commands > 0) {
            runCommands(new CommandRun(session, domain, options, source, commands, ackLog));
        }
    }

    /** Runs commands through an engine of their own, so that what is timed is compiled code, as in a service. */
    private void warmUp() throws InterruptedException {
        long left = options.warmUpCommands();
        final long startNs = System.nanoTime();
        while (left > 0) {
            try (WorkDirectory work = WorkDirectory.of(null, "millrace-warm-up-", false);
                    Session session = Session.open(domain, work.path(), options.ringSize())) {
                final CommandRun run =
                        new CommandRun(session, domain, options.atFullSpeed(), domain.commandsBehind(0), left, null);
                runCommands(run);
                left -= run.commands();
                session.fingerprint();
            }
        }
        if (options.warmUpCommands() > 0) {
            say("warmed up with " + number(options.warmUpCommands()) + ' ' + domain.unit()
                    + " in a journal of their own in " + duration(System.nanoTime() - startNs));
        }
    }

    private void sayRecovered(final Session session, final long recorded) {
        if (session.recoveredEvents() == 0) {
            say("the journal is new");
        } else {
            say("recovered " + number(session.recoveredEvents()) + " events (" + number(recorded) + ' ' + domain.unit()
                    + ") in " + duration(session.recoveryNs()));
        }
    }

    private void checkAcknowledged(final Session session, final AckLog ackLog) {
        if (ackLog != null && ackLog.lastAcknowledged() > 0) {
            if (session.recoveredEvents() < ackLog.lastAcknowledged()) {
                throw new ToolException("every acknowledged command must be recovered: acknowledged sequence="
                        + ackLog.lastAcknowledged() + ", recovered events=" + session.recoveredEvents());
            }
            say("every command that was acknowledged, up to sequence " + number(ackLog.lastAcknowledged())
                    + ", is among them");
        }
    }

    private boolean verify(final Fingerprint live) throws InterruptedException {
        try (Session session = Session.open(domain, options.directory(), options.ringSize())) {
            final long startNs = System.nanoTime();
            final Fingerprint recovered = session.fingerprint();
            final long readModelsNs = System.nanoTime() - startNs;
            say("");
            say("closed, and recovered " + number(session.recoveredEvents()) + " events in "
                    + duration(session.recoveryNs()) + " ("
                    + number(perSecond(session.recoveredEvents(), session.recoveryNs()))
                    + " events/s), read models in " + duration(readModelsNs));
            report.recovered(session, live, recovered);
            return live.sameState(recovered) && live.sameReadModels(recovered);
        }
    }

    private void say(final String line) {
        out.println(line);
        out.flush();
    }
}
