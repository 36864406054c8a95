package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Tears the tail of a journal above its watermark as a machine that goes down may, so that the next opening has something
 * to cut. Reads the watermark by the documented layout, not by the journal's own code.
 */
final class TornTail {
    private static final int COPY_STRIDE = 4096;
    private static final int FLAGS_OFFSET = 12;
    private static final int CYCLE_OFFSET = 28;
    private static final int COUNTER_OFFSET = 32;
    private static final int END_OFFSET = 56;
    private static final int CLEAN = 1;
    private static final int MAX_DISTANCE = 2048;
    private static final int MAX_LENGTH = 512;

    /** Files are named by the day that their cycle would be in the Modified Julian calendar. */
    private static final int NAME_OF_CYCLE_0 = 40_587;

    private TornTail() {}

    /** Returns whether there was an open tail; a journal that was closed cleanly is left alone. */
    static boolean tear(final Path journal, final SplittableRandom random) throws IOException {
        final Path watermark = journal.resolve("watermark");
        if (!Files.exists(watermark) || Files.size(watermark) < 2 * COPY_STRIDE) {
            return false;
        }
        final ByteBuffer copies = ByteBuffer.wrap(Files.readAllBytes(watermark)).order(ByteOrder.LITTLE_ENDIAN);
        final int at = copies.getLong(COUNTER_OFFSET) > copies.getLong(COPY_STRIDE + COUNTER_OFFSET) ? 0 : COPY_STRIDE;
        final int cycle = copies.getInt(at + CYCLE_OFFSET);
        final Path file = journal.resolve(String.format("%08dM.cq4", cycle + NAME_OF_CYCLE_0));
        if ((copies.getInt(at + FLAGS_OFFSET) & CLEAN) != 0 || cycle < 0 || !Files.exists(file)) {
            return false;
        }
        final byte[] junk = new byte[4 * (1 + random.nextInt(MAX_LENGTH / 4))];
        if (random.nextInt(4) > 0) {
            random.nextBytes(junk);
        }
        final long offset = copies.getLong(at + END_OFFSET) + 4L * random.nextInt(MAX_DISTANCE / 4);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(junk), offset);
        }
        LockText.anotherBoot(journal);
        return true;
    }
}
