package io.millrace.faults.planted;

import static io.millrace.faults.planted.Check.require;

import io.millrace.faults.simulation.JournalDirectory;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What the files and the space of a journal promise, looked at in a few openings. */
final class JournalChecks implements Check {
    private static final int COMMITS = 12;

    private Path scratch;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void run(final Path directory, final Progress progress) throws Exception {
        scratch = directory;
        final List<Look> looks = List.of(
                this::failStopsWhenItsDirectoryIsGone,
                this::refusesLoosePermissions,
                this::saysThatTheDiskIsFull,
                this::missesTheNewestCycle,
                this::missesACommitAmongOthers,
                this::seesARewrittenCommit,
                this::seesAGapThatIsChained);
        for (final Look look : looks) {
            progress.beat();
            look.run();
            progress.passed();
        }
    }

    @FunctionalInterface
    private interface Look {
        void run() throws Exception;
    }

    /** A force that cannot reach the directory fails, and nothing is appended after it. */
    private void failStopsWhenItsDirectoryIsGone() throws Exception {
        final Path directory = scratch.resolve("gone");
        try (SmallJournal small = SmallJournal.open(directory)) {
            small.append();
            Files.move(directory, scratch.resolve("elsewhere"));
            require(fails(() -> small.journal().force()), "a force must fail without its directory");
            require(fails(small::append), "a poisoned journal must append nothing");
            require(fails(() -> small.journal().force()), "a failed force must never be tried again");
        } catch (final JournalException e) {
            // Closing may say so again.
        }
    }

    private static boolean fails(final Runnable step) {
        try {
            step.run();
            return false;
        } catch (final JournalFailedException e) {
            return true;
        }
    }

    private static boolean isRefused(final Path directory) {
        try {
            SmallJournal.lastSequence(directory);
            return false;
        } catch (final JournalException e) {
            return true;
        }
    }

    private void refusesLoosePermissions() throws Exception {
        final Path directory = scratch.resolve("loose");
        SmallJournal.open(directory).append(1).close();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        require(isRefused(directory), "a directory that all may write to must be refused");
    }

    private void saysThatTheDiskIsFull() {
        final Path directory = scratch.resolve("full");
        try (SmallJournal small =
                SmallJournal.open(SmallJournal.config(directory).minFreeBytes(Long.MAX_VALUE / 2))) {
            require(small.journal().isDiskFull(), "a disk with less than is to be left free must count as full");
        }
    }

    /** The manifest knows which cycles there must be, even without a watermark. */
    private void missesTheNewestCycle() throws Exception {
        final Path directory = scratch.resolve("cycles");
        final Path copy = scratch.resolve("cycles-copy");
        try (SmallJournal small =
                SmallJournal.open(SmallJournal.config(directory).rollBytes(1))) {
            small.append(COMMITS).journal().force();
            JournalDirectory.copy(directory, copy);
            JournalDirectory.stampKilled(copy);
        }
        final List<Path> cycles = JournalDirectory.cycles(copy);
        Files.delete(cycles.get(cycles.size() - 1));
        Files.delete(copy.resolve("watermark"));
        require(isRefused(copy), "a journal without its newest cycle must be refused");
    }

    private void missesACommitAmongOthers() throws Exception {
        final Path directory = scratch.resolve("middle");
        try (SmallJournal small =
                SmallJournal.open(SmallJournal.config(directory).rollBytes(1))) {
            small.append(COMMITS);
        }
        Files.delete(JournalDirectory.cycles(directory).get(COMMITS / 2));
        require(isRefused(directory), "a journal without a cycle in the middle must be refused");
    }

    /** A commit with other contents and a good CRC: only the chain of the next one tells. */
    private void seesARewrittenCommit() throws Exception {
        requireRewriteRefused("rewritten", Rewrite::otherPayload);
    }

    /** Commits behind a gap, with good CRCs and a chain to match: only the sequence tells. */
    private void seesAGapThatIsChained() throws Exception {
        requireRewriteRefused("renumbered", Rewrite::gap);
    }

    @FunctionalInterface
    private interface Rewriting {
        void rewrite(Path file) throws Exception;
    }

    /** Of what was journaled and not forced: no watermark knows it. */
    private void requireRewriteRefused(final String name, final Rewriting rewriting) throws Exception {
        final Path directory = scratch.resolve(name);
        final Path copy = scratch.resolve(name + "-copy");
        try (SmallJournal small = SmallJournal.open(directory)) {
            small.append(2).journal().force();
            small.append(COMMITS);
            JournalDirectory.copy(directory, copy);
            JournalDirectory.stampKilled(copy);
        }
        rewriting.rewrite(JournalDirectory.cycles(copy).get(0));
        require(isRefused(copy), "a journal with commits that are %s must be refused", name);
    }
}
