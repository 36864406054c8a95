package io.millrace.faults.disk;

import com.sun.jna.Function;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

/**
 * Stops a mounted ext4 or XFS as a power failure does: from that moment nothing more reaches the device, and what had not
 * been forced to it is gone with the next mount.
 */
final class PowerSwitch {
    private static final long SHUTDOWN = 0x8004587dL;

    /** Not even the file system's own log is written out. */
    private static final int NO_LOG_FLUSH = 2;

    private static final int READ_ONLY = 0;
    private static final Function OPEN = Function.getFunction("c", "open");
    private static final Function CLOSE = Function.getFunction("c", "close");
    private static final int WAIT_WRITE_WAIT = 7;
    private static final Function CONTROL = Function.getFunction("c", "ioctl");
    private static final Function WRITE_BACK = Function.getFunction("c", "sync_file_range");

    private PowerSwitch() {}

    static void off(final Path mountPoint) throws IOException {
        withOpen(
                mountPoint,
                "must know the shutdown call",
                descriptor -> CONTROL.invokeInt(new Object[] {descriptor, SHUTDOWN, new IntByReference(NO_LOG_FLUSH)}));
    }

    /** Has the kernel write the dirty pages of a range, and waits for them; nothing else of the file, if it is there. */
    static void writeBack(final Path file, final long offset, final long length) throws IOException {
        try {
            withOpen(
                    file,
                    "must be written back",
                    descriptor -> WRITE_BACK.invokeInt(new Object[] {descriptor, offset, length, WAIT_WRITE_WAIT}));
        } catch (final NoSuchFileException e) {
            return; // renamed or deleted by its owner, who is at work
        }
    }

    private static void withOpen(final Path file, final String what, final ToIntFunction<Integer> call)
            throws IOException {
        final int descriptor = OPEN.invokeInt(new Object[] {file.toString(), READ_ONLY});
        if (descriptor < 0) {
            throw new NoSuchFileException(file.toString());
        }
        try {
            if (call.applyAsInt(descriptor) != 0) {
                throw new IOException("file system " + what + ": " + file);
            }
        } finally {
            CLOSE.invokeInt(new Object[] {descriptor});
        }
    }
}
