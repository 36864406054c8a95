package io.millrace.tools.internal.demo;

import io.millrace.examples.wiki.EditFormat;
import io.millrace.examples.wiki.MalformedEditException;
import io.millrace.examples.wiki.WikiEdit;
import io.millrace.examples.wiki.WikiEditReader;
import io.millrace.tools.internal.console.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;

/** All edits of a file behind the first so many, encoded beforehand, so that the run times the engine and not JSON. */
final class WikiCommands implements CommandSource {
    private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer(1 << 20);
    /** Command {@code i} lies from {@code ends[i - 1]} to {@code ends[i]}. */
    private final IntArrayList ends = new IntArrayList();

    private int position;
    private int index;

    private WikiCommands() {}

    static WikiCommands load(final Path file, final long skip) {
        if (!Files.isRegularFile(file)) {
            throw new ToolException("the file of edits must be there: " + file
                    + "; './millrace demo' builds it, as does 'mvn -pl examples -am generate-resources', and --edits"
                    + " names another one");
        }
        final WikiCommands commands = new WikiCommands();
        try (WikiEditReader reader = new WikiEditReader(file)) {
            commands.readAll(reader, skip);
        } catch (final MalformedEditException e) {
            throw new ToolException("the file of edits must hold edits: " + file + ", " + e.getMessage(), e);
        } catch (final IOException e) {
            throw new ToolException("the file of edits must be readable: " + file + ": " + e, e);
        }
        return commands;
    }

    @Override
    public long remaining() {
        return ends.size() - index;
    }

    @Override
    public int typeId() {
        return EditFormat.RECORD_EDIT;
    }

    @Override
    public int next(final MutableDirectBuffer target) {
        final int length = ends.getInt(index) - position;
        target.putBytes(0, encoded, position, length);
        position += length;
        index++;
        return length;
    }

    private void readAll(final WikiEditReader reader, final long skip) throws IOException {
        int end = 0;
        for (WikiEdit edit = reader.next(); edit != null; edit = reader.next()) {
            if (reader.line() > skip) {
                final int length = EditFormat.encode(edit, encoded, end);
                if (length > EditFormat.MAX_COMMAND_BYTES) {
                    throw new MalformedEditException(
                            reader.line(),
                            "edit must take at most " + EditFormat.MAX_COMMAND_BYTES + " bytes: " + length,
                            null);
                }
                end += length;
                ends.addInt(end);
            }
        }
    }
}
