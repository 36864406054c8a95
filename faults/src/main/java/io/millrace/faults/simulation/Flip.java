package io.millrace.faults.simulation;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One bit of one commit, turned and turned back. */
final class Flip {
    private record Commit(Path file, int offset, int length, long firstSequence) {}

    private static final int EXCERPT_HEADER_LENGTH = Integer.BYTES;

    private final Commit commit;
    private final int offset;
    private final int bit;

    private Flip(final Commit commit, final int offset, final int bit) {
        this.commit = commit;
        this.offset = offset;
        this.bit = bit;
    }

    /** Draws one in the commits of a directory, the header words before them included; null if there is no commit. */
    static Flip draw(final Path directory, final Random random) {
        final List<Commit> commits = new ArrayList<>();
        JournalDirectory.cycles(directory).forEach(file -> addCommits(file, commits));
        if (commits.isEmpty()) {
            return null;
        }
        final boolean last = random.nextInt(3) == 0;
        final Commit commit = commits.get(last ? commits.size() - 1 : random.nextInt(commits.size()));
        final int within = random.nextInt(EXCERPT_HEADER_LENGTH + commit.length) - EXCERPT_HEADER_LENGTH;
        return new Flip(commit, commit.offset + within, random.nextInt(Byte.SIZE));
    }

    private static void addCommits(final Path file, final List<Commit> commits) {
        try {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int offset = 0;
            while (offset < bytes.limit() - JournalFormat.COMMIT_HEADER_LENGTH) {
                if (bytes.getInt(offset) == JournalFormat.MAGIC
                        && bytes.getInt(offset - EXCERPT_HEADER_LENGTH)
                                == bytes.getInt(offset + JournalFormat.COMMIT_LENGTH_OFFSET)) {
                    final int length = bytes.getInt(offset + JournalFormat.COMMIT_LENGTH_OFFSET);
                    final long first = bytes.getLong(offset + JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET);
                    commits.add(new Commit(file, offset, length, first));
                    offset += length;
                } else {
                    offset += EXCERPT_HEADER_LENGTH;
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns the bit; a second time turns it back. */
    void turn() {
        try (FileChannel channel = FileChannel.open(commit.file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1 << bit)).rewind();
            channel.write(one, offset);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The refusal must say where it is. A commit without events shares its sequence with the one behind it. */
    void requireNamedBy(final JournalCorruptException refusal) {
        final boolean atFile = commit.file.equals(refusal.file());
        final boolean atOffset = refusal.fileOffset() >= commit.offset - EXCERPT_HEADER_LENGTH
                && refusal.fileOffset() <= commit.offset + commit.length;
        final boolean atSequence = refusal.sequence() == commit.firstSequence;
        if (!atFile || !atSequence || !atOffset) {
            throw SimulationFailure.wrong(
                    "the refusal must name the place: " + this + ", found " + refusal.getMessage());
        }
    }

    @Override
    public String toString() {
        return "flip of bit " + bit + " at " + offset + " of " + commit;
    }
}
