package io.millrace.tools.internal.journal;

import static io.millrace.tools.internal.console.Text.number;

import io.millrace.journal.JournalState;
import io.millrace.tools.internal.console.JsonLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Says in words and in JSON what was found in a journal. */
final class StateReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final JournalState state;

    StateReport(final JournalState state) {
        this.state = state;
    }

    static Instant instant(final long timestampNs) {
        return Instant.ofEpochSecond(timestampNs / NS_PER_SECOND, timestampNs % NS_PER_SECOND);
    }

    /** To the nanosecond, always of the same length. */
    static String time(final long timestampNs) {
        return TIME.format(instant(timestampNs));
    }

    static String hex(final long number) {
        return HexFormat.of().toHexDigits(number);
    }

    static long events(final JournalState state) {
        return Math.max(0, state.lastSequence() - state.firstSequence() + 1);
    }

    static long events(final JournalState.Cycle cycle) {
        return Math.max(0, cycle.lastSequence() - cycle.firstSequence() + 1);
    }

    static String place(final JournalState.Damage damage) {
        return "file=" + damage.file() + ", offset=" + damage.fileOffset() + ", sequence=" + damage.sequence() + ": "
                + damage.cause();
    }

    /** Numbers of what was read, in a line. */
    String counts() {
        return number(events(state)) + " events (" + state.firstSequence() + " to " + state.lastSequence() + ") of "
                + number(state.commands()) + " commands in " + number(state.commits()) + " commits, "
                + number(state.cycles().size()) + (state.cycles().size() == 1 ? " cycle" : " cycles");
    }

    String identity() {
        return "journal    " + hex(state.journalId()) + ", epoch " + state.epoch() + ", blocks of "
                + number(state.blockSizeBytes()) + " bytes";
    }

    String watermark() {
        final JournalState.Watermark watermark = state.watermark();
        return "watermark  "
                + (watermark == null
                        ? "none that can be read"
                        : "sequence " + watermark.sequence() + (watermark.closedCleanly() ? ", closed cleanly" : ""));
    }

    String holder() {
        final JournalState.Holder holder = state.holder();
        final String pid = holder.pid() < 0 ? "a process that is not known" : "PID " + holder.pid();
        if (holder.alive()) {
            return "holder     " + pid + " has it open now";
        }
        return "holder     none; last " + pid + ", "
                + switch (holder.left()) {
                    case CREATED -> "which created it";
                    case CLOSED -> "which closed it";
                    case PROCESS_DIED -> "which died; the machine has been up since";
                    case MACHINE_DIED -> "with which the machine went down";
                    case COPIED -> "and this is a copy that was taken while it was open";
                };
    }

    /** The whole, in the words of the JSON output. */
    JsonLine json() {
        final JournalState.Watermark watermark = state.watermark();
        return new JsonLine()
                .put("directory", state.directory().toString())
                .put("verdict", state.verdict().name())
                .put("journal_id", hex(state.journalId()))
                .put("epoch", state.epoch())
                .put("block_size_bytes", state.blockSizeBytes())
                .put("first_sequence", state.firstSequence())
                .put("last_sequence", state.lastSequence())
                .put("events", events(state))
                .put("commands", state.commands())
                .put("commits", state.commits())
                .put(
                        "watermark",
                        watermark == null
                                ? null
                                : new JsonLine()
                                        .put("sequence", watermark.sequence())
                                        .put("closed_cleanly", watermark.closedCleanly())
                                        .fields())
                .put(
                        "holder",
                        new JsonLine()
                                .put("pid", state.holder().pid())
                                .put("running", state.holder().alive())
                                .put("left", state.holder().left().name())
                                .fields())
                .put("damage", damage(state.damage()))
                .put("cycles", state.cycles().stream().map(StateReport::cycle).toList());
    }

    static Map<String, Object> damage(final JournalState.Damage damage) {
        return damage == null
                ? null
                : new JsonLine()
                        .put("file", damage.file().toString())
                        .put("offset", damage.fileOffset())
                        .put("sequence", damage.sequence())
                        .put("cause", damage.cause())
                        .put("remedy", damage.remedy())
                        .fields();
    }

    private static Map<String, Object> cycle(final JournalState.Cycle cycle) {
        return new JsonLine()
                .put("file", cycle.file().getFileName().toString())
                .put("first_sequence", cycle.firstSequence())
                .put("last_sequence", cycle.lastSequence())
                .put("events", events(cycle))
                .put("commits", cycle.commits())
                .put("commit_bytes", cycle.commitBytes())
                .put("file_bytes", cycle.fileBytes())
                .put("opened_at", cycle.firstTimestampNs() == 0 ? null : time(cycle.firstTimestampNs()))
                .put("closed", cycle.closed())
                .fields();
    }
}
