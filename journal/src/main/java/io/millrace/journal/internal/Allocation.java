package io.millrace.journal.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.WhenceFlag;
import org.agrona.BufferUtil;

/**
 * Gives files real space. A mapped file is sparse until its pages are touched, and on a full disk that touch is a fault
 * in the middle of a store: on Java 17 acknowledged writes are lost before anybody hears of it. Space that was allocated
 * cannot fail in that way.
 */
final class Allocation {
    /** The kernel gets memory in pieces as large as a write; beyond this it takes those that the host has to supply. */
    static final int ZEROS_BYTES = 256 << 10;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(ZEROS_BYTES);
    private static final long ZEROS_ADDRESS = BufferUtil.address(ZEROS);

    private Allocation() {}

    /**
     * Allocates a part of a file that nobody has written to. Bytes that are there already stay.
     *
     * @throws IOException if the file system has no room, or cannot promise it
     */
    static void allocate(final Path file, final long offset, final long length) throws IOException {
        if (canAllocate()) {
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
            writeZerosPlainly(file, offset, length);
        }
    }

    /** Where the native library cannot be loaded, a stand-in says that all went well and does nothing. */
    private static boolean canAllocate() {
        return !PosixAPI.posix().getClass().getSimpleName().startsWith("NoOp");
    }

    /**
     * Fills a part of a file that nobody else can reach yet. Its pages are then in memory, got in large pieces, and their
     * blocks on the disk count as written, so that a force has less to note down. On virtual machines a page that is got
     * by writing costs a fraction of one that is got by a fault in a mapping.
     */
    static void writeZeros(final Path file, final long offset, final long length) throws IOException {
        if (!canAllocate()) {
            writeZerosPlainly(file, offset, length);
            return;
        }
        final int descriptor = PosixAPI.posix().open(file.toString(), OpenFlag.O_RDWR, 0);
        if (descriptor < 0) {
            throw new IOException("file must be there to be filled: file=" + file);
        }
        try {
            requireDone(PosixAPI.posix().lseek(descriptor, offset, WhenceFlag.SEEK_SET) == offset, file, offset);
            for (long left = length; left > 0; ) {
                final long written = PosixAPI.posix().write(descriptor, ZEROS_ADDRESS, Math.min(ZEROS_BYTES, left));
                requireDone(written > 0, file, offset + length - left);
                left -= written;
            }
        } finally {
            PosixAPI.posix().close(descriptor);
        }
    }

    private static void requireDone(final boolean done, final Path file, final long offset) throws IOException {
        if (!done) {
            throw new IOException("zeros must be written: file=" + file + ", offset=" + offset + ", errno="
                    + PosixAPI.posix().lastError());
        }
    }

    private static void writeZerosPlainly(final Path file, final long offset, final long length) throws IOException {
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
