package io.millrace.examples.wiki;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * The bytes of the wiki example: one command, two events. Little-endian; a text is its length in bytes, unsigned 16-bit,
 * and that many bytes of UTF-8.
 *
 * <pre>
 * RecordEdit, command
 *   0                 8        12        16       20       24
 *  +-----------------+--------+---------+--------+--------+---------+------+------+-----------+---------+
 *  |     time ms     | added  | deleted | delta  | flags  | channel | page | user | namespace | comment |
 *  +-----------------+--------+---------+--------+--------+---------+------+------+-----------+---------+
 *
 * PageEdited, on the page's stream
 *   0                 8
 *  +-----------------+------------------------+
 *  |    editor id    | the RecordEdit, as is  |
 *  +-----------------+------------------------+
 *
 * EditorContributed, on the editor's stream
 *   0                 8                 16       20        24
 *  +-----------------+-----------------+--------+---------+------+
 *  |     page id     |     time ms     | added  | deleted | user |
 *  +-----------------+-----------------+--------+---------+------+
 * </pre>
 */
public final class EditFormat {
    /** Command: record an edit. */
    public static final int RECORD_EDIT = 1;

    /** Event: a page was edited. */
    public static final int PAGE_EDITED = 1;

    /** Event: an editor contributed to a page. */
    public static final int EDITOR_CONTRIBUTED = 2;

    /** Version of the events' schemas. */
    public static final int SCHEMA_VERSION = 1;

    /** What a ring slot must hold. The longest of the real edits takes 403 bytes. */
    public static final int MAX_COMMAND_BYTES = 512;

    static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    static final int TIME_MS_OFFSET = 0;
    static final int ADDED_OFFSET = 8;
    static final int DELETED_OFFSET = 12;
    static final int DELTA_OFFSET = 16;
    static final int FLAGS_OFFSET = 20;
    static final int TEXTS_OFFSET = 24;

    static final int PAGE_EDITED_EDITOR_ID_OFFSET = 0;
    static final int PAGE_EDITED_EDIT_OFFSET = 8;

    static final int CONTRIBUTED_PAGE_ID_OFFSET = 0;
    static final int CONTRIBUTED_TIME_MS_OFFSET = 8;
    static final int CONTRIBUTED_ADDED_OFFSET = 16;
    static final int CONTRIBUTED_DELETED_OFFSET = 20;
    static final int CONTRIBUTED_USER_OFFSET = 24;

    static final int TEXT_HEADER_LENGTH = 2;
    static final int MAX_TEXT_BYTES = 0xFFFF;

    private EditFormat() {}

    /**
     * Writes a {@code RecordEdit}.
     *
     * @param edit to write
     * @param buffer to write into; must have room
     * @param offset of the first byte
     * @return number of bytes written
     */
    public static int encode(final WikiEdit edit, final MutableDirectBuffer buffer, final int offset) {
        buffer.putLong(offset + TIME_MS_OFFSET, edit.timeMs(), BYTE_ORDER);
        buffer.putInt(offset + ADDED_OFFSET, edit.added(), BYTE_ORDER);
        buffer.putInt(offset + DELETED_OFFSET, edit.deleted(), BYTE_ORDER);
        buffer.putInt(offset + DELTA_OFFSET, edit.delta(), BYTE_ORDER);
        buffer.putInt(offset + FLAGS_OFFSET, edit.flags(), BYTE_ORDER);
        int position = offset + TEXTS_OFFSET;
        position = putText(edit.channel(), buffer, position);
        position = putText(edit.page(), buffer, position);
        position = putText(edit.user(), buffer, position);
        position = putText(edit.namespace(), buffer, position);
        position = putText(edit.comment(), buffer, position);
        return position - offset;
    }

    private static int putText(final String text, final MutableDirectBuffer buffer, final int offset) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException(
                    "text must be at most " + MAX_TEXT_BYTES + " bytes long: length=" + bytes.length);
        }
        buffer.putShort(offset, (short) bytes.length, BYTE_ORDER);
        buffer.putBytes(offset + TEXT_HEADER_LENGTH, bytes);
        return offset + TEXT_HEADER_LENGTH + bytes.length;
    }
}
