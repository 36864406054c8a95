package io.millrace.examples.wiki;

import static io.millrace.examples.wiki.EditFormat.BYTE_ORDER;

import io.millrace.journal.EventView;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads a {@code RecordEdit} in place. A flyweight for one thread; allocates only in {@link #text}. */
public final class EditView {
    private final int[] textOffsets = new int[EditText.COUNT];
    private DirectBuffer buffer;
    private int offset;

    /** Creates a view that must be wrapped before use. */
    public EditView() {}

    /**
     * Moves this view to an edit.
     *
     * @param source that holds the edit
     * @param editOffset of its first byte
     * @param length in bytes
     * @return false if these bytes are no edit; the view must then not be read
     */
    public boolean wrap(final DirectBuffer source, final int editOffset, final int length) {
        buffer = source;
        offset = editOffset;
        final int end = editOffset + length;
        int position = editOffset + EditFormat.TEXTS_OFFSET;
        for (int i = 0; i < textOffsets.length; i++) {
            if (position + EditFormat.TEXT_HEADER_LENGTH > end) {
                return false;
            }
            textOffsets[i] = position;
            position += EditFormat.TEXT_HEADER_LENGTH + lengthAt(position);
        }
        return position == end;
    }

    /**
     * Moves this view to the edit in a {@code PageEdited}.
     *
     * @param event of that type
     * @return this
     */
    public EditView wrapPageEdited(final EventView event) {
        final int header = EditFormat.PAGE_EDITED_EDIT_OFFSET;
        if (!wrap(event.buffer(), event.offset() + header, event.length() - header)) {
            throw new IllegalStateException("PageEdited must hold an edit: " + event);
        }
        return this;
    }

    /**
     * When it was made.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    public long timeMs() {
        return buffer.getLong(offset + EditFormat.TIME_MS_OFFSET, BYTE_ORDER);
    }

    /**
     * What it added.
     *
     * @return bytes
     */
    public int added() {
        return buffer.getInt(offset + EditFormat.ADDED_OFFSET, BYTE_ORDER);
    }

    /**
     * What it deleted.
     *
     * @return bytes
     */
    public int deleted() {
        return buffer.getInt(offset + EditFormat.DELETED_OFFSET, BYTE_ORDER);
    }

    /**
     * What the page is said to have grown by.
     *
     * @return bytes
     */
    public int delta() {
        return buffer.getInt(offset + EditFormat.DELTA_OFFSET, BYTE_ORDER);
    }

    /**
     * What is said of it.
     *
     * @return masks of {@link EditFlag}
     */
    public int flags() {
        return buffer.getInt(offset + EditFormat.FLAGS_OFFSET, BYTE_ORDER);
    }

    /**
     * The buffer that holds the texts.
     *
     * @return the buffer
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the UTF-8 bytes of a text start.
     *
     * @param text which
     * @return offset in {@link #buffer()}
     */
    public int textOffset(final EditText text) {
        return textOffsets[text.ordinal()] + EditFormat.TEXT_HEADER_LENGTH;
    }

    /**
     * How long a text is.
     *
     * @param text which
     * @return bytes
     */
    public int textLength(final EditText text) {
        return lengthAt(textOffsets[text.ordinal()]);
    }

    /**
     * A text as a string. Allocates.
     *
     * @param text which
     * @return the text
     */
    public String text(final EditText text) {
        final byte[] bytes = new byte[textLength(text)];
        buffer.getBytes(textOffset(text), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int lengthAt(final int position) {
        return buffer.getShort(position, BYTE_ORDER) & EditFormat.MAX_TEXT_BYTES;
    }
}
