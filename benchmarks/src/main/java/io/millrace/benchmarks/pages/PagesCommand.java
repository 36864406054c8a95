package io.millrace.benchmarks.pages;

import io.millrace.benchmarks.report.Chart;
import io.millrace.benchmarks.report.Result;
import io.millrace.benchmarks.report.Series;
import io.millrace.benchmarks.report.Table;
import io.millrace.benchmarks.rig.BenchOptions;
import io.millrace.benchmarks.rig.Environment;
import io.millrace.benchmarks.rig.Rounds;
import io.millrace.contest.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench pages}: fills new mapped files with records of 128 bytes, each time by another way to get the pages. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
public final class PagesCommand implements Callable<Integer> {
    private static final int FILE_BYTES = 512 << 20;
    private static final int PAGE_BYTES = 4096;
    private static final int RECORD_BYTES = 128;
    private static final int STEP_BYTES = 2 << 20;
    private static final int HUGE_PAGE_BYTES = 2 << 20;

    @Mixin
    private BenchOptions bench = new BenchOptions();

    @Option(names = "--rounds", description = "files of each way; 7, quick 2")
    private Integer rounds;

    @Option(
            names = "--pause",
            description = {
                "seconds before each file, in which the machine may give idle memory back to its host",
                "  Default: ${DEFAULT-VALUE}"
            })
    private int pauseSeconds = 8;

    private final Map<Way, Rounds> processorUs = new EnumMap<>(Way.class);
    private final Map<Way, Rounds> elapsedUs = new EnumMap<>(Way.class);

    @Override
    public Integer call() throws Exception {
        final int count = rounds != null ? rounds : bench.quick() ? 2 : 7;
        bench.requirePositive("--rounds", count);
        for (final Way way : Way.values()) {
            processorUs.put(way, new Rounds(way.title));
            elapsedUs.put(way, new Rounds(way.title));
        }
        run(Way.HOLE); // compiles the code
        for (int round = 0; round < count; round++) {
            for (final Way way : Way.values()) {
                TimeUnit.SECONDS.sleep(pauseSeconds);
                final Usage usage = run(way);
                processorUs.get(way).add(perPageUs(usage.cpuNs()));
                elapsedUs.get(way).add(perPageUs(usage.elapsedNs()));
                bench.say(
                        "round %d of %d: %-40s %5.2f us of processors, %5.2f us elapsed for each page",
                        round + 1, count, way.title, perPageUs(usage.cpuNs()), perPageUs(usage.elapsedNs()));
            }
        }
        bench.finish("pages", result(count).environment(Environment.describe(bench.directory())));
        return 0;
    }

    private static double perPageUs(final long nanoseconds) {
        return nanoseconds / 1e3 / (FILE_BYTES / PAGE_BYTES);
    }

    private Usage run(final Way way) throws IOException {
        final Path folder = Files.createTempDirectory(bench.directory(), "millrace-pages-");
        try {
            final Path file = folder.resolve("pages.dat");
            if (way == Way.RECYCLED || way == Way.RECYCLED_2M) {
                Files.move(retiredFile(folder, way == Way.RECYCLED ? Way.GATHERED_BYTES : HUGE_PAGE_BYTES), file);
            }
            return run(way, file);
        } finally {
            IoUtil.delete(folder.toFile(), false);
        }
    }

    private static Usage run(final Way way, final Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (way.allocated) {
                allocate(file);
            }
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
            final Usage start = Usage.now();
            if (way == Way.WRITTEN_64K) {
                gather(channel);
            } else {
                fill(channel, mapped, way.zerosBytes);
            }
            final Usage usage = Usage.now().since(start);
            check(mapped);
            IoUtil.unmap(mapped);
            return usage;
        }
    }

    /** Full of something else, and on the device. */
    private static Path retiredFile(final Path folder, final int pieceBytes) throws IOException {
        final Path file = folder.resolve("retired.dat");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final ByteBuffer old = ByteBuffer.allocateDirect(pieceBytes);
            for (int at = 0; at < FILE_BYTES; at += pieceBytes) {
                writeAll(channel, old.clear(), at);
            }
            channel.force(true);
        }
        return file;
    }

    private static void allocate(final Path file) throws IOException {
        final int descriptor = PosixAPI.posix().open(file.toString(), OpenFlag.O_RDWR, 0);
        try {
            if (PosixAPI.posix().fallocate(descriptor, 0, 0, FILE_BYTES) != 0) {
                throw new IOException(
                        "file must be given blocks: errno=" + PosixAPI.posix().lastError());
            }
        } finally {
            PosixAPI.posix().close(descriptor);
        }
    }

    /** As much zeros ahead as one step of records, if any. */
    private static void fill(final FileChannel channel, final MappedByteBuffer mapped, final int zerosBytes)
            throws IOException {
        final byte[] record = new byte[RECORD_BYTES];
        Arrays.fill(record, (byte) 7);
        final ByteBuffer zeros = ByteBuffer.allocateDirect(Math.max(1, zerosBytes));
        for (int step = 0; step < FILE_BYTES; step += STEP_BYTES) {
            for (int at = step; zerosBytes > 0 && at < step + STEP_BYTES; at += zerosBytes) {
                writeAll(channel, zeros.clear(), at);
            }
            for (int at = step; at < step + STEP_BYTES; at += RECORD_BYTES) {
                mapped.put(at, record);
            }
        }
    }

    private static void gather(final FileChannel channel) throws IOException {
        final byte[] record = new byte[RECORD_BYTES];
        Arrays.fill(record, (byte) 7);
        final ByteBuffer gathered = ByteBuffer.allocateDirect(Way.GATHERED_BYTES);
        for (int at = 0; at < FILE_BYTES; at += Way.GATHERED_BYTES) {
            gathered.clear();
            while (gathered.hasRemaining()) {
                gathered.put(record);
            }
            writeAll(channel, gathered.flip(), at);
        }
    }

    private static void writeAll(final FileChannel channel, final ByteBuffer bytes, final long offset)
            throws IOException {
        final int start = bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, offset + bytes.position() - start);
        }
    }

    private static void check(final MappedByteBuffer mapped) {
        for (int page = 0; page < FILE_BYTES; page += PAGE_BYTES) {
            if (mapped.get(page) != 7 || mapped.get(page + PAGE_BYTES - 1) != 7) {
                throw new IllegalStateException("page must hold what was written: offset=" + page);
            }
        }
    }

    private Result result(final int count) {
        final List<List<String>> rows = new ArrayList<>();
        final double[] medians = new double[Way.values().length];
        Result result = Result.of("pages", "What a page of a new mapped file costs")
                .text("durability", "JOURNALED")
                .summary(String.format(
                        Locale.ROOT,
                        "A new file of %d MiB is mapped and filled with records of %d bytes by one thread; medians of %d"
                                + " files of each way, in turns, %d s apart.",
                        FILE_BYTES >> 20,
                        RECORD_BYTES,
                        count,
                        pauseSeconds));
        for (final Way way : Way.values()) {
            final Rounds cpu = processorUs.get(way);
            medians[way.ordinal()] = cpu.median();
            result = result.figure("page_" + way.name().toLowerCase(Locale.ROOT) + "_us", cpu.median());
            rows.add(List.of(
                    way.title,
                    String.format(Locale.ROOT, "%.2f", cpu.median()),
                    String.format(Locale.ROOT, "%.2f to %.2f", cpu.min(), cpu.max()),
                    String.format(Locale.ROOT, "%.2f", elapsedUs.get(way).median()),
                    String.format(Locale.ROOT, "%.0f", cpu.median() * 1e3 * RECORD_BYTES / PAGE_BYTES)));
        }
        final double faulted = processorUs.get(Way.ALLOCATED).median();
        final double filled = processorUs.get(Way.ZEROS_2M).median();
        final double smallPieces = processorUs.get(Way.ZEROS_256K).median();
        final double recycled = processorUs.get(Way.RECYCLED).median();
        final double recycledHuge = processorUs.get(Way.RECYCLED_2M).median();
        final double written = processorUs.get(Way.WRITTEN_64K).median();
        return result.figure("ratio_faulted_to_filled", faulted / filled)
                .summary(String.format(
                        Locale.ROOT,
                        "Faulted in page by page: %.2f µs of processors a page. With 256 KiB of zeros written at a time ahead:"
                                + " %.2f µs; with 2 MiB, as the journal does: %.2f µs, %.1f × less than faulted in.",
                        faulted,
                        smallPieces,
                        filled,
                        faulted / filled))
                .summary(String.format(
                        Locale.ROOT,
                        "In a retired file that is used again: %.2f µs, of huge pages %.2f µs. Gathered and written past the mapping: %.2f µs; whoever"
                                + " then reads by a mapping pays for the faults.",
                        recycled,
                        recycledHuge,
                        written))
                .chart(Chart.bars(
                        "Processor time for a page",
                        "microseconds",
                        Series.of(
                                "microseconds",
                                Arrays.stream(Way.values())
                                        .map(way -> way.title)
                                        .toList(),
                                medians)))
                .table(new Table(
                        "For each page of 4 KiB",
                        List.of("how it is got", "processor µs", "range", "elapsed µs", "processor ns per record"),
                        rows));
    }
}
