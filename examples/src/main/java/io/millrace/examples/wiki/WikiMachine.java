package io.millrace.examples.wiki;

import static io.millrace.examples.wiki.EditFormat.BYTE_ORDER;

import io.millrace.engine.Command;
import io.millrace.engine.Decision;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.MutableDirectBuffer;

/**
 * Accepts edits whose numbers add up, and gives pages and editors their stream ids: in the order of first appearance,
 * pages from {@link #FIRST_PAGE_ID}, editors from {@link #FIRST_EDITOR_ID}. A page is its title, whatever the channel.
 */
public final class WikiMachine implements StateMachine {
    /** Stream id of the first page. */
    public static final long FIRST_PAGE_ID = 1;

    /** Stream id of the first editor. */
    public static final long FIRST_EDITOR_ID = 1L << 40;

    /** Rejected: the payload is no edit. */
    public static final int MALFORMED = 1;

    /** Rejected: delta is not added less deleted. */
    public static final int DOES_NOT_ADD_UP = 2;

    /** Rejected: the command type is not known. */
    public static final int UNKNOWN_COMMAND = 3;

    private final EditView edit = new EditView();
    private final Names pages = new Names();
    private final Names editors = new Names();
    private long recordedEdits;

    /** Creates the empty state. */
    public WikiMachine() {}

    @Override
    public void decide(final Command command, final Decision decision) {
        if (command.typeId() != EditFormat.RECORD_EDIT) {
            decision.reject(UNKNOWN_COMMAND);
        } else if (!edit.wrap(command.buffer(), command.offset(), command.length())) {
            decision.reject(MALFORMED);
        } else if (edit.delta() != (long) edit.added() - edit.deleted()) {
            decision.reject(DOES_NOT_ADD_UP);
        } else {
            final long pageId = FIRST_PAGE_ID + numberOf(EditText.PAGE, pages);
            final long editorId = FIRST_EDITOR_ID + numberOf(EditText.USER, editors);
            emitPageEdited(command, decision, pageId, editorId);
            emitEditorContributed(decision, pageId, editorId);
        }
    }

    @Override
    public void apply(final EventView event) {
        switch (event.typeId()) {
            case EditFormat.PAGE_EDITED -> applyPageEdited(event);
            case EditFormat.EDITOR_CONTRIBUTED -> applyEditorContributed(event);
            default -> throw new IllegalStateException("event type must be known: " + event);
        }
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeLong(recordedEdits);
        pages.save(out);
        editors.save(out);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        recordedEdits = in.readLong();
        pages.load(in);
        editors.load(in);
    }

    /**
     * How many edits were recorded.
     *
     * @return the count
     */
    public long recordedEdits() {
        return recordedEdits;
    }

    /**
     * How many pages there are.
     *
     * @return the count
     */
    public int pages() {
        return pages.size();
    }

    /**
     * How many editors there are.
     *
     * @return the count
     */
    public int editors() {
        return editors.size();
    }

    /** The number that a name has, or will have once the event is applied. */
    private int numberOf(final EditText text, final Names names) {
        final int number = names.find(edit.buffer(), edit.textOffset(text), edit.textLength(text));
        return number < 0 ? names.size() : number;
    }

    private static void emitPageEdited(
            final Command command, final Decision decision, final long pageId, final long editorId) {
        final int offset = decision.claim(
                EditFormat.PAGE_EDITED,
                EditFormat.SCHEMA_VERSION,
                pageId,
                EditFormat.PAGE_EDITED_EDIT_OFFSET + command.length());
        final MutableDirectBuffer buffer = decision.buffer();
        buffer.putLong(offset + EditFormat.PAGE_EDITED_EDITOR_ID_OFFSET, editorId, BYTE_ORDER);
        buffer.putBytes(
                offset + EditFormat.PAGE_EDITED_EDIT_OFFSET, command.buffer(), command.offset(), command.length());
    }

    private void emitEditorContributed(final Decision decision, final long pageId, final long editorId) {
        final int userLength = EditFormat.TEXT_HEADER_LENGTH + edit.textLength(EditText.USER);
        final int offset = decision.claim(
                EditFormat.EDITOR_CONTRIBUTED,
                EditFormat.SCHEMA_VERSION,
                editorId,
                EditFormat.CONTRIBUTED_USER_OFFSET + userLength);
        final MutableDirectBuffer buffer = decision.buffer();
        buffer.putLong(offset + EditFormat.CONTRIBUTED_PAGE_ID_OFFSET, pageId, BYTE_ORDER);
        buffer.putLong(offset + EditFormat.CONTRIBUTED_TIME_MS_OFFSET, edit.timeMs(), BYTE_ORDER);
        buffer.putInt(offset + EditFormat.CONTRIBUTED_ADDED_OFFSET, edit.added(), BYTE_ORDER);
        buffer.putInt(offset + EditFormat.CONTRIBUTED_DELETED_OFFSET, edit.deleted(), BYTE_ORDER);
        buffer.putBytes(
                offset + EditFormat.CONTRIBUTED_USER_OFFSET,
                edit.buffer(),
                edit.textOffset(EditText.USER) - EditFormat.TEXT_HEADER_LENGTH,
                userLength);
    }

    private void applyPageEdited(final EventView event) {
        edit.wrapPageEdited(event);
        final int number =
                pages.register(edit.buffer(), edit.textOffset(EditText.PAGE), edit.textLength(EditText.PAGE));
        check(event, FIRST_PAGE_ID + number);
        recordedEdits++;
    }

    private void applyEditorContributed(final EventView event) {
        final int user = event.offset() + EditFormat.CONTRIBUTED_USER_OFFSET + EditFormat.TEXT_HEADER_LENGTH;
        final int length = event.offset() + event.length() - user;
        check(event, FIRST_EDITOR_ID + editors.register(event.buffer(), user, length));
    }

    private static void check(final EventView event, final long expectedStreamId) {
        if (event.streamId() != expectedStreamId) {
            throw new IllegalStateException(
                    "name must have the id that it was given: expected=" + expectedStreamId + ", found=" + event);
        }
    }
}
