package io.millrace.journal;

import java.nio.file.Path;

/**
 * The journal holds something that was never written there. Nothing of the bad commit, and nothing behind it, has been
 * delivered to any handler.
 */
public final class JournalCorruptException extends JournalException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long fileOffset;
    private final long sequence;
    private final String problem;

    /**
     * Creates the exception.
     *
     * @param file that holds the damage
     * @param fileOffset first byte of the bad commit in the file
     * @param sequence that was expected there
     * @param cause what was required and what was found
     */
    public JournalCorruptException(final Path file, final long fileOffset, final long sequence, final String cause) {
        super("journal is corrupt: file=" + file + ", offset=" + fileOffset + ", sequence=" + sequence + ": " + cause);
        this.file = file;
        this.fileOffset = fileOffset;
        this.sequence = sequence;
        problem = cause;
    }

    /**
     * The file that holds the damage.
     *
     * @return path of a cycle file or of the manifest; null after deserialisation
     */
    public Path file() {
        return file;
    }

    /**
     * Where the bad commit starts.
     *
     * @return offset in {@link #file()} in bytes
     */
    public long fileOffset() {
        return fileOffset;
    }

    /**
     * The first sequence that could not be read.
     *
     * @return the sequence that was expected at {@link #fileOffset()}
     */
    public long sequence() {
        return sequence;
    }

    /**
     * What is wrong, without the place.
     *
     * @return what was required and what was found
     */
    public String problem() {
        return problem;
    }
}
