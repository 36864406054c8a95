package io.millrace.tools.internal.journal;

import io.millrace.tools.internal.console.ToolException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A new file for what a journal held: nobody but its owner may read it, as the journal. */
final class OutputFile implements AutoCloseable {
    private static final int BUFFER_CHARS = 1 << 16;

    private final Path file;
    private final PrintWriter writer;

    private OutputFile(final Path file, final PrintWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    static OutputFile create(final Path file) {
        try {
            return new OutputFile(
                    file,
                    new PrintWriter(new BufferedWriter(
                            Channels.newWriter(
                                    Files.newByteChannel(
                                            file,
                                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                            PosixFilePermissions.asFileAttribute(
                                                    PosixFilePermissions.fromString("rw-------"))),
                                    StandardCharsets.UTF_8),
                            BUFFER_CHARS)));
        } catch (final IOException e) {
            throw new ToolException("--out must be writable: " + file + ": " + e, e);
        }
    }

    PrintWriter writer() {
        return writer;
    }

    /** To be called before anything is said of the file: a full disk comes out here. */
    void finish() {
        if (writer.checkError()) {
            throw new ToolException("--out must have room for everything: " + file + "; it is not whole, delete it");
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
