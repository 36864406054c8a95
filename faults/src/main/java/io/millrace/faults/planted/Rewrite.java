package io.millrace.faults.planted;

import io.millrace.journal.JournalFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes commits anew, with CRCs that are right: what a bad writer, or somebody who knows the format, could do. */
final class Rewrite {
    private static final int FIRST_REWRITTEN = 5;
    private static final int WORD_BYTES = Integer.BYTES;

    private final ByteBuffer bytes;
    private final List<Integer> commits = new ArrayList<>();

    private Rewrite(final byte[] file) {
        bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int offset = WORD_BYTES;
        while (offset < bytes.limit() - JournalFormat.COMMIT_HEADER_LENGTH) {
            if (bytes.getInt(offset) == JournalFormat.MAGIC && bytes.getInt(offset - WORD_BYTES) == length(offset)) {
                commits.add(offset);
                offset += length(offset);
            } else {
                offset += WORD_BYTES;
            }
        }
    }

    private int length(final int commit) {
        return bytes.getInt(commit + JournalFormat.COMMIT_LENGTH_OFFSET);
    }

    /** One commit says something else. */
    static void otherPayload(final Path file) throws IOException {
        final Rewrite rewrite = new Rewrite(Files.readAllBytes(file));
        final int commit = rewrite.commits.get(FIRST_REWRITTEN);
        final int last = commit + rewrite.length(commit) - 1;
        rewrite.bytes.put(last, (byte) (rewrite.bytes.get(last) + 1));
        rewrite.seal(commit);
        Files.write(file, rewrite.bytes.array());
    }

    /** From one commit on, sequences are one higher, and everything else is made to go with them. */
    static void gap(final Path file) throws IOException {
        final Rewrite rewrite = new Rewrite(Files.readAllBytes(file));
        for (int i = FIRST_REWRITTEN; i < rewrite.commits.size(); i++) {
            rewrite.shift(rewrite.commits.get(i), rewrite.commits.get(i - 1), i > FIRST_REWRITTEN);
        }
        Files.write(file, rewrite.bytes.array());
    }

    /** The one event of the commit keeps its version, and its back pointer leads to where the event before now is. */
    private void shift(final int commit, final int before, final boolean beforeIsShifted) {
        add(commit + JournalFormat.COMMIT_FIRST_SEQUENCE_OFFSET);
        if (beforeIsShifted) {
            add(commit
                    + JournalFormat.COMMIT_HEADER_LENGTH
                    + JournalFormat.COMMAND_HEADER_LENGTH
                    + JournalFormat.EVENT_PREVIOUS_SEQUENCE_OFFSET);
        }
        bytes.putLong(
                commit + JournalFormat.COMMIT_CHAIN_OFFSET,
                JournalFormat.nextChain(
                        bytes.getLong(before + JournalFormat.COMMIT_CHAIN_OFFSET),
                        bytes.getInt(before + JournalFormat.COMMIT_CRC_OFFSET),
                        length(before)));
        seal(commit);
    }

    private void add(final int offset) {
        bytes.putLong(offset, bytes.getLong(offset) + 1);
    }

    private void seal(final int commit) {
        final CRC32C crc = new CRC32C();
        crc.update(
                bytes.array(),
                commit + JournalFormat.COMMIT_CHECKED_OFFSET,
                length(commit) - JournalFormat.COMMIT_CHECKED_OFFSET);
        bytes.putInt(commit + JournalFormat.COMMIT_CRC_OFFSET, (int) crc.getValue());
    }
}
