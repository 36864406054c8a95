package io.millrace.faults.disk;

import io.millrace.faults.agent.Failpoint;
import io.millrace.faults.agent.FailpointCounts;
import io.millrace.faults.agent.FailpointTable;
import io.millrace.faults.kill.AckFile;
import io.millrace.faults.kill.ChildJvm;
import io.millrace.faults.kill.ChildProcess;
import io.millrace.faults.kill.KillPlan;
import io.millrace.faults.kill.LockText;
import io.millrace.faults.kill.Recovery;
import io.millrace.faults.kill.Verdict;
import io.millrace.faults.kill.WorkOptions;
import io.millrace.journal.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One mount that loses power again and again beneath a process that writes to it. A journal lives through some losses,
 * then the next one is new. Half of the losses come while a failpoint holds one thread where it hurts most, the others at
 * a drawn number of acknowledgements, or at a drawn time.
 */
final class PowerLossChain {
    private static final int LOSSES_PER_JOURNAL = 8;
    private static final int PAGE = 4096;
    private static final int MAX_PAGE = 128;
    private static final int RANGES = 12;
    private static final int MAX_ACKS = 400;
    private static final long MAX_BY_TIME_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final ChildJvm jvm;
    private final KillPlan plan;
    private final LoopMount mount;
    private final Path scratch;
    private final SplittableRandom random;
    private Path journal;
    private Path acksFile;
    private AckFile acks;
    private int losses;

    PowerLossChain(
            final ChildJvm jvm, final KillPlan plan, final LoopMount mount, final Path scratch, final long seed) {
        this.jvm = jvm;
        this.plan = plan;
        this.mount = mount;
        this.scratch = scratch;
        random = new SplittableRandom(seed);
    }

    /** Once. After a finding the chain is at its end; what was found is copied out of the mount first. */
    Verdict lose() throws IOException, InterruptedException {
        if (losses++ % LOSSES_PER_JOURNAL == 0) {
            newJournal();
        }
        final WorkOptions options = WorkOptions.endless(journal, acksFile, random.nextLong());
        switch (random.nextInt(4)) {
            case 0 -> loseByTime(options);
            case 1 -> loseAfterAcks(options);
            default -> loseAtFailpoint(options);
        }
        mount.unmount();
        mount.mount();
        LockText.anotherBoot(journal);
        final Path asFound = scratch.resolve("as-found");
        Recovery.copyTree(journal, asFound);
        final Verdict verdict = Recovery.checkAndForget(options, acks, Durability.SYNCED);
        if (verdict.isGood()) {
            Recovery.deleteTree(asFound);
        }
        return verdict;
    }

    private void newJournal() throws IOException {
        if (journal != null) {
            Recovery.deleteTree(journal);
        }
        journal = mount.point().resolve("journal" + losses);
        acksFile = scratch.resolve("acks" + losses);
        Files.deleteIfExists(acksFile);
        acks = AckFile.map(acksFile);
        Shell.run("sync", "-f", mount.point().toString());
    }

    private void loseByTime(final WorkOptions options) throws IOException, InterruptedException {
        try (ChildProcess child = jvm.start(Map.of(), options)) {
            LockSupport.parkNanos(random.nextLong(MAX_BY_TIME_NS));
            cut(child);
        }
    }

    private void loseAfterAcks(final WorkOptions options) throws IOException, InterruptedException {
        final long target = acks.acked() + 1 + random.nextInt(MAX_ACKS);
        try (ChildProcess child = jvm.start(Map.of(), options)) {
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            while (child.isAlive() && acks.acked() < target && deadlineNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(POLL_NS);
            }
            cut(child);
        }
    }

    private void loseAtFailpoint(final WorkOptions options) throws IOException, InterruptedException {
        final Path countsFile = scratch.resolve("counts");
        final FailpointCounts counts = FailpointCounts.map(countsFile);
        counts.rearm();
        final int failpoint = plan.nextFailpoint(random);
        final Map<String, String> properties = new HashMap<>();
        properties.put(FailpointCounts.FILE_PROPERTY, countsFile.toString());
        properties.put(
                Failpoint.PROPERTY,
                FailpointTable.SITES.get(failpoint).name() + ":" + plan.nextOccurrence(failpoint, random) + ":kill");
        // Not for ever: some failpoints are passed at the end only.
        final WorkOptions brief = WorkOptions.brief(options.directory(), options.acks(), options.seed());
        try (ChildProcess child = jvm.start(properties, brief)) {
            final long deadlineNs = System.nanoTime() + LIMIT_NS;
            while (child.isAlive() && counts.acted() < 0 && deadlineNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(POLL_NS);
            }
            // The other threads go on a little.
            LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(5)));
            cut(child);
        }
    }

    /** The kernel may write any page at any time. Left alone it would not within the life of these processes. */
    private void writeSomeBack() throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.exists(journal) ? Files.list(journal) : Stream.empty()) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (final Path file : files) {
            for (int i = 0; i < RANGES; i++) {
                PowerSwitch.writeBack(file, (long) random.nextInt(MAX_PAGE) * PAGE, 1L + random.nextInt(4 * PAGE));
            }
        }
    }

    private void cut(final ChildProcess child) throws IOException, InterruptedException {
        if (random.nextBoolean()) {
            writeSomeBack();
        }
        PowerSwitch.off(mount.point());
        child.kill();
    }
}
