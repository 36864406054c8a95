package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.journal.JournalCorruptException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A watermark of any bytes says nothing, or what a second reading of its two copies says, or is refused because it belongs
 * to another journal. The input holds both copies one
 * behind the other, behind a byte that says which of them get a good CRC.
 */
class WatermarkFileFuzzTest {
    static final long JOURNAL_ID = 0x6D69_6C6C_7261_6365L;
    static final int COPY_BYTES = 64;

    private static final Path FILE = Path.of("watermark");
    private static final int MAGIC = 0x3157_524D;

    @FuzzTest(maxDuration = "5m")
    void shouldSayNothingOrWhatACopySaysWhenWatermarkIsAnything(final byte[] input) {
        if (input.length == 0) {
            return;
        }
        final byte[] file = new byte[WatermarkFile.FILE_BYTES];
        final byte[] copies = Arrays.copyOfRange(input, 1, 1 + 2 * COPY_BYTES);
        System.arraycopy(copies, 0, file, 0, COPY_BYTES);
        System.arraycopy(copies, COPY_BYTES, file, WatermarkFile.COPY_STRIDE_BYTES, COPY_BYTES);
        for (int copy = 0; copy < 2; copy++) {
            if ((input[0] >> copy & 1) != 0) {
                final ByteBuffer words = copy(file, copy);
                words.putInt(4, crc(words));
            }
        }
        check(file, file);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldSayNothingWhenFileHasAnyLength(final byte[] input) {
        check(input, Arrays.copyOf(input, WatermarkFile.FILE_BYTES));
    }

    /** The bytes say what the file says that they are when they are filled up with zeros. */
    private static void check(final byte[] bytes, final byte[] whole) {
        if (isForeign(copy(whole, 0)) || isForeign(copy(whole, 1))) {
            assertThrows(JournalCorruptException.class, () -> WatermarkFile.decode(FILE, bytes, JOURNAL_ID));
        } else {
            assertEquals(newest(whole), WatermarkFile.decode(FILE, bytes, JOURNAL_ID), "watermark");
        }
    }

    private static WatermarkFile.Copy newest(final byte[] file) {
        final WatermarkFile.Copy first = read(copy(file, 0));
        final WatermarkFile.Copy second = read(copy(file, 1));
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.counter() > second.counter() ? first : second;
    }

    private static ByteBuffer copy(final byte[] file, final int copy) {
        return ByteBuffer.wrap(file, copy * WatermarkFile.COPY_STRIDE_BYTES, COPY_BYTES)
                .slice()
                .order(BYTE_ORDER);
    }

    private static WatermarkFile.Copy read(final ByteBuffer copy) {
        return !isGood(copy)
                ? null
                : new WatermarkFile.Copy(
                        copy.getLong(16),
                        1 << (copy.getInt(12) >>> 16),
                        copy.getInt(24),
                        (copy.getInt(12) & 1) != 0,
                        copy.getLong(32),
                        new WatermarkFile.Place(copy.getLong(40), copy.getLong(48), copy.getInt(28), copy.getLong(56)));
    }

    private static boolean isGood(final ByteBuffer copy) {
        return copy.getInt(0) == MAGIC && copy.getInt(4) == crc(copy) && copy.getInt(8) == 1;
    }

    private static boolean isForeign(final ByteBuffer copy) {
        return isGood(copy) && copy.getLong(16) != JOURNAL_ID;
    }

    private static int crc(final ByteBuffer copy) {
        final CRC32C crc = new CRC32C();
        crc.update(copy.duplicate().position(8));
        return (int) crc.getValue();
    }
}
