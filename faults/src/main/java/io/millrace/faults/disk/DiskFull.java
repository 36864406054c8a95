package io.millrace.faults.disk;

import io.millrace.faults.kill.AckFile;
import io.millrace.faults.kill.ChildExit;
import io.millrace.faults.kill.ChildJvm;
import io.millrace.faults.kill.ChildProcess;
import io.millrace.faults.kill.Jdk;
import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.RoundSink;
import io.millrace.faults.kill.Rounds;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.kill.WorkOptions;
import io.millrace.journal.Durability;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Small file systems that fill up, by the journal itself and by others, to the last byte, and are emptied again: commands
 * are refused in time, nothing breaks, and writing goes on when there is room. On this Java and on the newest beside it.
 */
public final class DiskFull {
    /** More than is left free, and is allocated ahead, and kept in reserve. */
    private static final long ROOM_BYTES = 8 << 20;

    private static final long BYTES = 64 << 20;
    private static final int MIN_FREE_BYTES = 3 << 20;
    private static final int MAX_MORE_FREE_BYTES = 6 << 20;
    private static final int TIMES = 3;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long HOLD_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int ENOUGH_ACKS = 50;

    private final Path mount;
    private final AckFile acks;
    private final WorkOptions options;
    private final SplittableRandom random;
    private final List<Path> fillers = new ArrayList<>();

    private DiskFull(final Path scratch, final Path mount, final long seed) {
        this.mount = mount;
        random = new SplittableRandom(seed);
        options = WorkOptions.endless(mount.resolve("journal"), scratch.resolve("acks"), seed);
        acks = AckFile.map(options.acks());
    }

    /** A task is one small file system. */
    public static void run(final Rounds rounds, final RoundSink sink) throws IOException, InterruptedException {
        final String missing = LoopMount.missing("ext4");
        if (missing != null) {
            sink.skipped("disk full", missing);
            return;
        }
        final List<ChildJvm> jvms = new ArrayList<>();
        final List<Jdk> jdks = Jdk.all();
        for (final Jdk jdk : jdks) {
            jvms.add(ChildJvm.prepare(Files.createDirectories(rounds.scratch().resolve("java" + jdk.feature())), jdk));
        }
        rounds.run((number, seed, directory) -> {
            final int which = number / 2 % jvms.size();
            final boolean memory = number % 2 == 0;
            final Path point = directory.resolve("mount");
            try (LoopMount mount = memory ? LoopMount.inMemory(point, BYTES) : LoopMount.create(point, "ext4", BYTES)) {
                final Verdict verdict = new DiskFull(directory, mount.point(), seed).fillAgainAndAgain(jvms.get(which));
                sink.ran(
                        "disk full, " + (memory ? "tmpfs" : "ext4") + ", Java "
                                + jdks.get(which).feature(),
                        verdict);
                return verdict.isGood();
            }
        });
    }

    private Verdict fillAgainAndAgain(final ChildJvm jvm) throws IOException, InterruptedException {
        try (ChildProcess child = jvm.start(Map.of(), options)) {
            Verdict verdict = Verdict.recovered();
            for (int time = 0; time < TIMES && verdict.isGood(); time++) {
                verdict = fillOnce(child, time == 0);
            }
            final boolean ended = !child.isAlive();
            final ChildExit exit = child.kill();
            if (!verdict.isGood()) {
                return new Verdict(
                        verdict.kind(), verdict.detail() + ", " + (ended ? exit : "alive") + ": " + child.said());
            }
        }
        return Recovery.check(options, acks, Durability.JOURNALED);
    }

    private Verdict fillOnce(final ChildProcess child, final boolean first) throws IOException {
        fill(MIN_FREE_BYTES + random.nextInt(MAX_MORE_FREE_BYTES));
        if (!await(child, acks::isRefusedForSpace)) {
            return new Verdict(
                    child.isAlive() ? Verdict.Kind.HUNG : Verdict.Kind.SILENT,
                    "commands must be refused: free="
                            + Files.getFileStore(mount).getUsableSpace() + ", " + acks);
        }
        if (random.nextBoolean()) {
            fill(0);
        }
        LockSupport.parkNanos(HOLD_NS);
        final long before = acks.acked();
        for (final Path filler : fillers) {
            Files.delete(filler);
        }
        fillers.clear();
        // By the second time the journal itself may have used up the disk; then there is no room to go on in.
        final boolean room = first || Files.getFileStore(mount).getUsableSpace() > ROOM_BYTES;
        return !room || await(child, () -> acks.acked() >= before + ENOUGH_ACKS)
                ? Verdict.recovered()
                : new Verdict(
                        child.isAlive() ? Verdict.Kind.HUNG : Verdict.Kind.SILENT,
                        "writing must go on when there is room: free="
                                + Files.getFileStore(mount).getUsableSpace() + ", " + acks);
    }

    /** Others take all but so much. */
    private void fill(final long leaveBytes) throws IOException {
        final Path filler = mount.resolve("filler" + fillers.size());
        fillers.add(filler);
        final byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(mount).getUsableSpace() > leaveBytes) {
                out.write(block);
            }
        } catch (final IOException e) {
            if (leaveBytes > 0) {
                throw e;
            }
        }
    }

    private static boolean await(final ChildProcess child, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (!child.isAlive() || System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }
}
