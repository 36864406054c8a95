package io.millrace.faults.images;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The life of a small journal in one thread: commits, forces, rolls, retention, closings, and deaths of process and
 * machine, after which it goes on. What can be between two moments of it is collected as {@link Span}s.
 */
final class Workload {
    private static final int MAX_COMMITS = 12;
    private static final int MAX_EVENT_SHIFT = 14;
    private static final int CYCLE_HEAD_BYTES = 66_000;
    private static final long START_NS = TimeUnit.DAYS.toNanos(20_000);

    private final Path directory;
    private final SplittableRandom random;
    private final AtomicLong clockNs = new AtomicLong(START_NS);
    private final List<Span> spans = new ArrayList<>();
    private final List<Snapshot> watermarks = new ArrayList<>();
    private final long rollBytes;
    private final int maxEventBytes;
    private int lives;
    private Journal journal;
    private SmallWriter writer;
    private Path place;
    private Snapshot old;
    private Snapshot beforeOld;
    private Contents floor;

    Workload(final Path directory, final SplittableRandom random) {
        this.directory = directory;
        this.random = random;
        rollBytes =
                random.nextInt(3) == 0 ? JournalConfig.DEFAULT_ROLL_BYTES : CYCLE_HEAD_BYTES + random.nextInt(120_000);
        maxEventBytes = 2 << random.nextInt(MAX_EVENT_SHIFT);
    }

    /** Lives through some steps. */
    List<Span> run(final int steps) throws IOException {
        place = newPlace();
        open(place);
        settle(Snapshot.of(place), Contents.of(journal), null);
        try {
            for (int i = 0; i < steps; i++) {
                appendAndForce();
                switch (random.nextInt(8)) {
                    case 0 -> closeAndReopen();
                    case 1 -> delete();
                    case 2, 3 -> dieAndReopen(false);
                    case 4 -> dieAndReopen(true);
                    default -> {}
                }
            }
        } finally {
            journal.close();
        }
        return spans;
    }

    private Path newPlace() {
        return directory.resolve("life" + lives++);
    }

    private void open(final Path at) {
        journal = Journal.open(SmallWriter.config(at).clock(clockNs::get).rollBytes(rollBytes), event -> {});
        writer = new SmallWriter(journal, random);
    }

    private void append() {
        for (int commits = random.nextInt(MAX_COMMITS); commits >= 0; commits--) {
            clockNs.addAndGet(random.nextInt(8) == 0 ? TimeUnit.HOURS.toNanos(random.nextInt(30)) : 1000);
            writer.commit(maxEventBytes);
        }
    }

    private void appendAndForce() throws IOException {
        append();
        add(Span.Kind.APPENDING, Snapshot.of(place), Contents.of(journal));
        journal.force();
        final Snapshot now = Snapshot.of(place);
        final Contents full = Contents.of(journal);
        add(Span.Kind.FORCING, now, full);
        watermarks.add(old);
        old = now;
        beforeOld = null;
        floor = full;
    }

    private void add(final Span.Kind kind, final Snapshot now, final Contents full) {
        spans.add(new Span(kind, old, now, beforeOld, List.copyOf(watermarks), floor, full));
    }

    /** From here on everything is on the device, the watermark too, but perhaps not the newest cycle's first page. */
    private void settle(final Snapshot now, final Contents contents, final Snapshot before) {
        old = now;
        beforeOld = before;
        floor = contents;
        watermarks.clear();
    }

    private void closeAndReopen() throws IOException {
        append();
        final Contents full = Contents.of(journal);
        journal.close();
        final Snapshot closed = Snapshot.of(place);
        add(Span.Kind.CLOSING, closed, full);
        settle(closed, full, null);
        reopen(closed);
    }

    /** With what is in {@link #place}. */
    private void reopen(final Snapshot before) throws IOException {
        open(place);
        final Snapshot now = Snapshot.of(place);
        final Contents full = Contents.of(journal);
        if (journal.recovery().cut()) {
            // Files were replaced as a whole then, not page by page; RecoveryCrash does that.
            settle(now, full, null);
        } else {
            spans.add(new Span(Span.Kind.OPENING, old, now, before, List.copyOf(watermarks), floor, full));
            settle(now, full, before);
        }
    }

    /** Goes on with what the process, or the machine, has left: in another directory, for this one is held. */
    private void dieAndReopen(final boolean machine) throws IOException {
        append();
        final Span last = new Span(
                Span.Kind.APPENDING,
                old,
                Snapshot.of(place),
                beforeOld,
                List.copyOf(watermarks),
                floor,
                Contents.of(journal));
        final ImageDirectory image = new ImageDirectory(newPlace());
        final Mixer mixer = new Mixer(last, image, random);
        if (machine) {
            mixer.write(Mixer.Strategy.random(random), Span.Stage.NONE);
        } else {
            mixer.writeAllNew();
        }
        journal.close();
        place = image.path();
        if (machine) {
            // What is on the device now is what was written there, and nothing else.
            settle(Snapshot.of(place), floor, null);
        }
        final Snapshot before = Snapshot.of(place);
        reopen(before);
    }

    private void delete() throws IOException {
        final long first = journal.firstSequence();
        final long last = journal.syncedSequence();
        journal.deleteBefore(first + random.nextLong(Math.max(1, last + 2 - first)));
        final Snapshot now = Snapshot.of(place);
        final Contents left = Contents.of(journal);
        add(Span.Kind.DELETING, now, left);
        watermarks.add(old);
        old = now;
        floor = left;
    }
}
