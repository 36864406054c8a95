package io.millrace.benchmarks.rig;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;

/**
 * Has the kernel hold memory before a run takes it. A virtual machine gives memory back to its host when it lies idle,
 * and getting it again costs ten times what the kernel's own zeroing does, at random and in no relation to what is
 * compared. Touching as much page cache as a run will fill, and letting go of it, makes the run start with memory that
 * the machine has. The run's own file is as fresh as without.
 */
public final class Priming {
    private static final int BLOCK_BYTES = 64 << 20;
    private static final int PAGE_BYTES = 4096;

    private Priming() {}

    /** Touches that much page cache through a file in the directory, and deletes it. */
    public static void touch(final Path directory, final long bytes) throws IOException {
        final Path file = directory.resolve("priming.dat");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long offset = 0; offset < bytes; offset += BLOCK_BYTES) {
                final MappedByteBuffer block = channel.map(FileChannel.MapMode.READ_WRITE, offset, BLOCK_BYTES);
                for (int page = 0; page < BLOCK_BYTES; page += PAGE_BYTES) {
                    block.put(page, (byte) 1);
                }
                IoUtil.unmap(block);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
