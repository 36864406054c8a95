package io.millrace.faults.sweep;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.sweep.SweptJournal.Answer;
import io.millrace.faults.sweep.SweptJournal.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Every byte of every file of a small journal: one bit flipped, all bits flipped, zeroed; the file cut off there; and
 * blocks that are zeroed, filled, swapped, or as they were some commits before. The bytes are spread over {@link #TASKS}
 * tasks; with all of them every byte has had its turn, in a journal that was closed, left by a killed process, or left by a
 * machine that went down.
 *
 * <p>Of the space behind the end of a cycle file, nothing is read by an opening but the word at the end and, after the
 * machine went down, whether all is zero. So there the first bytes are swept like all others, and the rest by an opening
 * without an append.
 */
public final class ByteSweep {
    private static final int STATES = State.values().length;
    private static final int PARTS = 64;

    /** With so many tasks, every byte is swept in all three journals. */
    public static final int TASKS = STATES * PARTS;

    private static final int CHUNK_BYTES = 16;
    private static final int SECTOR_BYTES = 512;
    private static final int PAGE_BYTES = 4096;
    private static final int EXTENT_BYTES = 64 << 10;
    private static final int NEAR_BYTES = 64;
    private static final String FLIPPED = "bit flipped";
    private static final String BEHIND = " behind the end";
    private static final String FAR_BEHIND = " far behind the end";

    private final SweptJournal journal;
    private final State state;
    private final RoundSink sink;
    private final Random random;
    private final Rounds rounds;
    private final Coverage coverage;
    private final String kind;
    private final int number;
    private final int part;
    private boolean good = true;

    private ByteSweep(
            final Path directory,
            final int number,
            final long seed,
            final Rounds rounds,
            final RoundSink sink,
            final Coverage coverage)
            throws IOException {
        state = State.values()[number % STATES];
        this.number = number;
        part = number / STATES % PARTS;
        journal = new SweptJournal(directory, state, rounds.seed());
        random = new Random(seed);
        this.rounds = rounds;
        this.sink = sink;
        this.coverage = coverage;
        kind = ", " + state.name().toLowerCase(Locale.ROOT);
    }

    /** The tasks of the rounds are parts of the bytes. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        final Coverage coverage = new Coverage();
        rounds.run((number, seed, directory) -> new ByteSweep(directory, number, seed, rounds, sink, coverage).sweep());
    }

    private boolean sweep() throws IOException {
        for (final String name : journal.names()) {
            final int length = journal.bytes(name).length;
            final int end = name.endsWith(".cq4") ? journal.end(name) : length;
            coverage.total(fileKind(name) + kind, name, end);
            coverage.total(fileKind(name) + BEHIND + kind, name, Math.min(PAGE_BYTES, length - end));
            coverage.total(fileKind(name) + FAR_BEHIND + kind, name, Math.max(0, length - end - PAGE_BYTES));
            for (int at = 0; at < length && good && !rounds.isOver(); at++) {
                if (at / CHUNK_BYTES % PARTS == part) {
                    sweepByte(name, at, end);
                }
                if (at % SECTOR_BYTES == 0 && at / SECTOR_BYTES % PARTS == part) {
                    sweepBlocks(name, at, end);
                }
            }
        }
        return good;
    }

    private void sweepByte(final String name, final int at, final int end) throws IOException {
        final byte old = journal.bytes(name)[at];
        if (at < end) {
            coverage.swept(fileKind(name) + kind);
            change(name, at, FLIPPED, (byte) (old ^ 1 << random.nextInt(Byte.SIZE)), true);
            if (state == State.CLOSED) {
                change(name, at, "byte inverted", (byte) ~old, true);
            }
            if (old != 0) {
                change(name, at, "byte zeroed", (byte) 0, true);
            }
        } else if (at < end + PAGE_BYTES) {
            coverage.swept(fileKind(name) + BEHIND + kind);
            change(name, at, FLIPPED + BEHIND, (byte) (1 << random.nextInt(Byte.SIZE)), true);
        } else {
            coverage.swept(fileKind(name) + FAR_BEHIND + kind);
            change(name, at, FLIPPED + FAR_BEHIND, (byte) (1 << random.nextInt(Byte.SIZE)), false);
        }
        if (isCutPoint(name, at, end)) {
            cutOff(name, at);
        }
    }

    private boolean isCutPoint(final String name, final int at, final int end) {
        return !name.endsWith(".cq4")
                || at < SECTOR_BYTES
                || at > end - PAGE_BYTES && at < end + NEAR_BYTES
                || at % SECTOR_BYTES == 0;
    }

    private void change(final String name, final int at, final String harm, final byte value, final boolean use)
            throws IOException {
        journal.writeAt(name, at, value);
        settle(name, at, harm, journal.open(use), journal.part(name, at, 1));
    }

    private void cutOff(final String name, final int at) throws IOException {
        journal.write(name, Arrays.copyOf(journal.bytes(name), at));
        final Answer answer = journal.open(true);
        settle(name, at, "cut off", answer, new byte[0]);
        if (answer == Answer.REFUSED) {
            journal.write(name, journal.bytes(name));
        }
    }

    private void sweepBlocks(final String name, final int at, final int end) throws IOException {
        sweepBlock(name, at, SECTOR_BYTES, at < end + PAGE_BYTES);
        if (at % PAGE_BYTES == 0) {
            sweepBlock(name, at, PAGE_BYTES, at < end + PAGE_BYTES);
        }
        if (at % EXTENT_BYTES == 0) {
            sweepBlock(name, at, EXTENT_BYTES, true);
        }
    }

    private void sweepBlock(final String name, final int at, final int bytes, final boolean all) throws IOException {
        final byte[] file = journal.bytes(name);
        final int length = Math.min(bytes, file.length - at);
        final byte[] junk = new byte[length];
        random.nextBytes(junk);
        block(name, at, "block of junk", junk);
        if (all) {
            final byte[] filled = new byte[length];
            Arrays.fill(filled, (byte) 0xFF);
            block(name, at, "block zeroed", new byte[length]);
            block(name, at, "block filled", filled);
            swap(name, at, length);
            final byte[] older = journal.older(name);
            if (older != null && older.length >= at + length) {
                block(name, at, "block as it was before", Arrays.copyOfRange(older, at, at + length));
            }
        }
    }

    private void block(final String name, final int at, final String harm, final byte[] with) throws IOException {
        final byte[] old = journal.part(name, at, with.length);
        if (!Arrays.equals(with, old)) {
            journal.writeAt(name, at, with);
            settle(name, at, harm, journal.open(true), old);
        }
    }

    private void swap(final String name, final int at, final int length) throws IOException {
        final byte[] file = journal.bytes(name);
        final int blocks = file.length / length;
        final int other = random.nextInt(Math.max(1, blocks)) * length;
        final byte[] here = journal.part(name, at, length);
        final byte[] there = journal.part(name, other, length);
        if (!Arrays.equals(here, there)) {
            journal.writeAt(name, at, there);
            journal.writeAt(name, other, here);
            final Answer answer = journal.open(true);
            settle(name, at, "blocks swapped", answer, here);
            if (answer == Answer.REFUSED) {
                journal.writeAt(name, other, there);
            }
        }
    }

    /** Undoes the harm; an opening that went through has changed files of its own. */
    private void settle(final String name, final int at, final String harm, final Answer answer, final byte... old)
            throws IOException {
        if (answer == Answer.REFUSED && !Files.exists(journal.path("cut"))) {
            journal.writeAt(name, at, old);
        } else {
            journal.restore();
        }
        final Verdict verdict =
                journal.verdict(answer, "task " + number + ", " + harm + " at " + at + " of " + name + kind);
        final String fault = fileKind(name) + ": " + harm + kind;
        sink.ran(fault, verdict.isGood() && harm.startsWith(FLIPPED) ? covered(name, harm) : verdict);
        good &= verdict.isGood();
    }

    /** A good one that tells how much of the region was swept so far. */
    private Verdict covered(final String name, final String harm) {
        final String region = fileKind(name) + harm.substring(FLIPPED.length()) + kind;
        return new Verdict(Verdict.Kind.RECOVERED, coverage.text(region));
    }

    private static String fileKind(final String name) {
        return name.endsWith(".cq4") ? "cycle" : name;
    }
}
