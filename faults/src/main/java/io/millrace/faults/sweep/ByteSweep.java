package io.millrace.faults.sweep;

import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Every byte of every file of a small journal: one bit flipped, all bits flipped, zeroed; the file cut off there; and
 * blocks that are zeroed, filled, or swapped. The bytes are spread over {@link #TASKS} tasks; with all of them every byte
 * has had its turn, in a journal that was closed (even tasks) or left by a killed process (odd ones).
 */
public final class ByteSweep {
    /** With so many tasks, every byte is swept in both journals. */
    public static final int TASKS = 128;

    private static final int BLOCK_BYTES = 512;
    private static final Verdict CAUGHT = new Verdict(Verdict.Kind.RECOVERED, "");

    private final SweptJournal journal;
    private final RoundSink sink;
    private final Random random;
    private final Rounds rounds;
    private final String kind;
    private boolean good = true;

    private ByteSweep(
            final Path directory, final long seed, final boolean closed, final Rounds rounds, final RoundSink sink)
            throws IOException {
        journal = new SweptJournal(directory, closed, rounds.seed());
        random = new Random(seed);
        this.rounds = rounds;
        this.sink = sink;
        kind = closed ? ", closed" : ", killed";
    }

    /** The tasks of the rounds are slices of the bytes. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        rounds.run((number, seed, directory) -> {
            final ByteSweep sweep = new ByteSweep(directory, seed, number % 2 == 0, rounds, sink);
            return sweep.slice(number / 2 % (TASKS / 2), TASKS / 2);
        });
    }

    private boolean slice(final int part, final int parts) throws IOException {
        for (final String name : journal.names()) {
            final byte[] bytes = journal.bytes(name);
            final int from = (int) ((long) bytes.length * part / parts);
            final int to = (int) ((long) bytes.length * (part + 1) / parts);
            for (int at = from; at < to && good && !rounds.isOver(); at++) {
                sweepByte(name, bytes, at);
                if (at % BLOCK_BYTES == 0) {
                    sweepBlock(name, bytes, at);
                }
            }
        }
        return good;
    }

    private void sweepByte(final String name, final byte[] bytes, final int at) throws IOException {
        change(name, at, "bit flipped", (byte) (bytes[at] ^ 1 << random.nextInt(8)));
        change(name, at, "byte inverted", (byte) ~bytes[at]);
        if (bytes[at] != 0) {
            change(name, at, "byte zeroed", (byte) 0);
        }
    }

    private void change(final String name, final int at, final String harm, final byte value) throws IOException {
        journal.writeAt(name, at, value);
        final Verdict verdict = journal.open(harm + " at " + at + " of " + name + kind);
        if (verdict == null) {
            journal.writeAt(name, at, journal.bytes(name)[at]);
        }
        settle(fileKind(name) + ": " + harm + kind, verdict);
    }

    private void sweepBlock(final String name, final byte[] bytes, final int at) throws IOException {
        final int length = Math.min(BLOCK_BYTES, bytes.length - at);
        final byte[] junk = new byte[length];
        random.nextBytes(junk);
        final byte[] filled = new byte[length];
        Arrays.fill(filled, (byte) 0xFF);
        final int other = random.nextInt(Math.max(1, bytes.length - length));
        block(name, at, "block zeroed", new byte[length]);
        block(name, at, "block filled", filled);
        block(name, at, "block of junk", junk);
        block(name, at, "block from elsewhere", Arrays.copyOfRange(bytes, other, other + length));
        journal.write(name, Arrays.copyOf(bytes, at));
        final Verdict verdict = journal.open("cut off at " + at + " of " + name + kind);
        if (verdict == null) {
            journal.write(name, bytes);
        }
        settle(fileKind(name) + ": cut off" + kind, verdict);
    }

    private void block(final String name, final int at, final String harm, final byte[] with) throws IOException {
        if (Arrays.equals(with, Arrays.copyOfRange(journal.bytes(name), at, at + with.length))) {
            return;
        }
        journal.writeAt(name, at, with);
        final Verdict verdict = journal.open(harm + " at " + at + " of " + name + kind);
        if (verdict == null) {
            journal.writeAt(name, at, Arrays.copyOfRange(journal.bytes(name), at, at + with.length));
        }
        settle(fileKind(name) + ": " + harm + kind, verdict);
    }

    /** An opening that went through has changed files of its own. */
    private void settle(final String fault, final Verdict verdict) throws IOException {
        if (verdict != null) {
            journal.restore();
        }
        sink.ran(fault, verdict == null ? CAUGHT : verdict);
        good &= verdict == null || verdict.isGood();
    }

    private static String fileKind(final String name) {
        return name.endsWith(".cq4") ? "cycle" : name;
    }
}
