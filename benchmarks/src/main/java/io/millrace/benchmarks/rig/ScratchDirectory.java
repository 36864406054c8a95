package io.millrace.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/** A journal's home for as long as a benchmark runs. */
public final class ScratchDirectory implements AutoCloseable {
    private final Path path;

    public ScratchDirectory() throws IOException {
        path = Files.createTempDirectory("millrace-benchmark-");
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        IoUtil.delete(path.toFile(), false);
    }
}
