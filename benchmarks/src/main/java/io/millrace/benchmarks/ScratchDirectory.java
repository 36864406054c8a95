package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/** A journal's home for as long as a benchmark runs. */
final class ScratchDirectory implements AutoCloseable {
    private final Path path;

    ScratchDirectory() throws IOException {
        path = Files.createTempDirectory("millrace-benchmark-");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        IoUtil.delete(path.toFile(), false);
    }
}
