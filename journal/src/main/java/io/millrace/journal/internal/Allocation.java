package io.millrace.journal.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

/**
 * Gives files real space. A mapped file is sparse until its pages are touched, and on a full disk that touch is a fault
 * in the middle of a store: on Java 17 acknowledged writes are lost before anybody hears of it. Space that was allocated
 * cannot fail in that way.
 */
final class Allocation {
    private static final int ZEROS_BYTES = 64 << 10;

    private Allocation() {}

    /**
     * Allocates a part of a file that nobody has written to. Bytes that are there already stay.
     *
     * @throws IOException if the file system has no room, or cannot promise it
     */
    static void allocate(final Path file, final long offset, final long length) throws IOException {
        if (hasNativeCalls()) {
            final int descriptor = PosixAPI.posix().open(file.toString(), OpenFlag.O_RDWR, 0);
            if (descriptor < 0) {
                throw new IOException("file must be there to be given space: file=" + file);
            }
            try {
                if (PosixAPI.posix().fallocate(descriptor, 0, offset, length) != 0) {
                    throw new IOException("disk must have room: file=" + file + ", offset=" + offset + ", length="
                            + length + ", errno=" + PosixAPI.posix().lastError());
                }
            } finally {
                PosixAPI.posix().close(descriptor);
            }
        } else {
            writeZeros(file, offset, length);
        }
    }

    /** Where the native library cannot be loaded, a stand-in says that all went well and does nothing. */
    static boolean hasNativeCalls() {
        return !PosixAPI.posix().getClass().getSimpleName().startsWith("NoOp");
    }

    /** For the start of a file that was made for the purpose: its pages are then in memory too. */
    static void writeZeros(final Path file, final long offset, final long length) throws IOException {
        // No channel: an interrupt would close it in the middle.
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
            final byte[] zeros = new byte[ZEROS_BYTES];
            target.seek(offset);
            for (long left = length; left > 0; left -= ZEROS_BYTES) {
                target.write(zeros, 0, (int) Math.min(ZEROS_BYTES, left));
            }
        }
    }
}
