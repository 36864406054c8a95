package io.millrace.journal.internal;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The document that each cycle file starts with, as Chronicle writes it: names and numbers that are always the same, and
 * three places that it changes while it writes. Nothing protects it, and Chronicle believes what it says, so it is
 * compared byte for byte.
 */
final class CycleHeader {
    /** Header word included. */
    static final int BYTES = 0xC5;

    /** Where Chronicle keeps the position of the newest excerpt: that of its header word. */
    static final int WRITE_POSITION_OFFSET = 0x40;

    /** In hexadecimal; {@code ..} are the bytes of the newest position and index, of the first page, and of its counter. */
    private static final String TEMPLATE =
            // word, "header", type SCQStore, its length
            "c1000040" + "b906686561646572" + "b60853435153746f7265" + "82aa000000"
                    // writePosition: two of two values
                    + "cd7772697465506f736974696f6e" + "8e01000000" + "008d" + "0200000000000000" + "0200000000000000"
                    + "................................"
                    // indexing: type SCQSIndexing, its length
                    + "c8696e646578696e67" + "b60c53435153496e646578696e67" + "824c000000"
                    // indexCount 4096, indexSpacing 256
                    + "ca696e646578436f756e74a50010" + "cc696e64657853706163696e67a50001"
                    // index2Index, lastIndex
                    + "cb696e64657832496e6465788fa7" + "................"
                    + "c96c617374496e6465788e00000000a7" + "................"
                    // dataFormat 1
                    + "ca64617461466f726d6174a101";

    private static final byte[] VALUES = HexFormat.of().parseHex(TEMPLATE.replace('.', '0'));
    private static final boolean[] CHANGES = new boolean[BYTES];

    static {
        for (int i = 0; i < BYTES; i++) {
            CHANGES[i] = TEMPLATE.charAt(2 * i) == '.';
        }
    }

    private CycleHeader() {}

    /**
     * Looks for the first byte that is not as it must be.
     *
     * @return its offset, -1 when there is none
     */
    static int firstWrong(final ByteBuffer file, final int start) {
        for (int i = 0; i < BYTES; i++) {
            if (!CHANGES[i] && file.get(start + i) != VALUES[i]) {
                return i;
            }
        }
        return -1;
    }
}
